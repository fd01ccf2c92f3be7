package org.certcollect.store.jdbc.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.load.BulkInsert;
import org.certcollect.store.jdbc.load.BulkLoading;
import org.certcollect.store.jdbc.load.KnownIds;
import org.certcollect.store.jdbc.table.CertificateRow;
import org.certcollect.store.jdbc.table.OrderRow;
import org.certcollect.store.jdbc.table.RequestRow;
import org.certcollect.store.jdbc.table.SearchPart;
import org.certcollect.store.jdbc.table.SearchRow;
import org.certcollect.store.jdbc.table.ValidationRow;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.PendingReissue;
import org.certcollect.store.x509.VerifiedChain;

/**
 * The insertion of many orders into SQLite, in batches. No other process can write at the same
 * time, so this class assigns the keys of certificates itself.
 */
final class SqliteBulkInsert implements BulkInsert {
  /**
   * The times of a load. Long transactions write less: each transaction writes every changed page
   * of an index to the log once, so more orders share one write. A process that waits for SQLite's
   * lock tries again every 100 ms after a short time (sqliteDefaultBusyCallback), so a longer pause
   * is noticed by every process. In the pause, the log's pages are moved into the file, for which
   * no writer has to wait.
   */
  static final BulkLoading.Pauses PAUSES =
      new BulkLoading.Pauses(
          Duration.ofMillis(750), Duration.ofMillis(105), "PRAGMA wal_checkpoint(PASSIVE)");

  /** The way in which SQLite loads many orders. */
  static BulkLoading loading(SqliteEngine engine) {
    return new BulkLoading(
        SqliteBulkInsert::new,
        Duration.ofMillis(500),
        1,
        Optional.of(PAUSES),
        new PostponedIndexes(engine));
  }

  // Small enough that the time is checked often, and large enough that a batch is worth the
  // driver's work.
  private static final int AT_ONCE = 100;
  static final String ROOM = "PRAGMA cache_size = -65536";
  // Checkpoints, which move the log's pages into the file, are made only during the pauses.
  private static final String KEEP_LOG = "PRAGMA wal_autocheckpoint = 0";
  private static final String LAST_ORDER = "SELECT COALESCE(MAX(number), 0) FROM orders";
  private static final String LAST_CERTIFICATE =
      "SELECT MAX(0, COALESCE(MAX(id), 0)) FROM certificate";
  private static final String INSERT_ORDER =
      Session.insert("orders", OrderRow.INSERTED) + " ON CONFLICT DO NOTHING";
  private static final String INSERT_CERTIFICATE =
      Session.insert(
          "certificate", "id, order_number, chain_id, issued_at, " + CertificateRow.INSERTED);

  private static final String INSERT_TERM = SqliteEngine.DIALECT.searchTable().insert();

  private static final String HAS_CERTIFICATE = "SELECT id FROM certificate WHERE id = ?";

  private final Session session;
  private final KnownIds ids;
  private final Set<Long> added = new HashSet<>();
  private final List<Item> waiting = new ArrayList<>();

  /** The keys of waiting certificates that came with their ids. */
  private final Set<Long> reserved = new HashSet<>();

  /** No stored or waiting certificate has a greater key. Assigned keys are positive. */
  private long lastCertificate;

  private final boolean isPostponing;
  private boolean isPrepared;

  SqliteBulkInsert(Session session, KnownIds ids) throws SQLException {
    this.session = session;
    this.ids = ids;
    session.update(ROOM);
    long unused = session.first(KEEP_LOG, Row::number).orElseThrow();
    this.isPostponing = PostponedIndexes.isUnderWay(session);
    this.lastCertificate = session.first(LAST_CERTIFICATE, Row::number).orElseThrow();
  }

  @Override
  public void add(Item item) throws SQLException {
    List<Long> keys = item.certificateKeys();
    if (keys.stream().anyMatch(reserved::contains)) {
      insertWaiting();
    }
    for (long key : keys) {
      if (key <= lastCertificate && session.first(HAS_CERTIFICATE, Row::number, key).isPresent()) {
        return;
      }
    }
    reserved.addAll(keys);
    keys.forEach(key -> lastCertificate = Math.max(lastCertificate, key));
    waiting.add(item);
    if (waiting.size() == AT_ONCE) {
      insertWaiting();
    }
  }

  @Override
  public Set<Long> finish() throws SQLException {
    insertWaiting();
    return Set.copyOf(added);
  }

  private void insertWaiting() throws SQLException {
    if (!isPostponing && !isPrepared && !waiting.isEmpty()) {
      isPrepared = true;
      SearchPart.prepare(
          session, firstWaiting(session.first(LAST_ORDER, Row::number).orElseThrow()));
    }
    List<List<Long>> keys = new ArrayList<>();
    for (Item item : waiting) {
      List<Long> own = new ArrayList<>(item.certificateKeys());
      while (own.size() < item.order().certificates().size()) {
        own.add(++lastCertificate);
      }
      keys.add(own);
      long newest = own.isEmpty() ? 0 : own.get(own.size() - 1);
      session.queue(INSERT_ORDER, OrderRow.values(item.order(), item.account(), newest));
    }
    int[] inserted = session.updateQueued(INSERT_ORDER);
    for (int i = 0; i < inserted.length; i++) {
      Item item = waiting.get(i);
      if (inserted[i] == 1) {
        queueRest(item, keys.get(i));
        added.add(item.order().number());
      }
    }
    session.updateQueued(INSERT_CERTIFICATE);
    session.updateQueued(RequestRow.INSERT);
    session.updateQueued(RequestRow.INSERT_PENDING);
    session.updateQueued(ValidationRow.INSERT);
    session.updateQueued(EventRow.INSERT);
    session.updateQueued(isPostponing ? PostponedIndexes.INSERT_TERMS : INSERT_TERM);
    waiting.clear();
    reserved.clear();
  }

  /**
   * The lowest number that waits and is greater than all stored ones, or the lowest if none is. An
   * input may have several series of ascending numbers, of which the greatest gets the parts.
   */
  private long firstWaiting(long last) {
    return waiting.stream()
        .map(item -> item.order().number())
        .min(
            Comparator.comparing((Long number) -> number <= last)
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private void queueRest(Item item, List<Long> keys) throws SQLException {
    OrderRecord order = item.order();
    Iterator<Long> key = keys.iterator();
    for (CertificateRecord certificate : order.certificates()) {
      VerifiedChain chain = certificate.chain();
      session.queue(
          INSERT_CERTIFICATE,
          CertificateRow.values(
              chain.endEntity(),
              key.next(),
              order.number(),
              ids.chain(session, chain.issuers()),
              certificate.issued()));
    }
    if (order.signingRequest().isPresent()) {
      session.queue(
          RequestRow.INSERT, RequestRow.values(order.number(), order.signingRequest().get()));
    }
    Optional<SigningRequest> next = order.reissue().flatMap(PendingReissue::request);
    if (next.isPresent()) {
      session.queue(RequestRow.INSERT_PENDING, RequestRow.values(order.number(), next.get()));
    }
    if (order.validation().isPresent()) {
      session.queue(
          ValidationRow.INSERT, ValidationRow.values(order.number(), order.validation().get()));
    }
    queueTerms(order);
    for (EventRecord event : item.events()) {
      session.queue(EventRow.INSERT, item.values(event));
    }
  }

  private void queueTerms(OrderRecord order) throws SQLException {
    Set<String> terms = SearchRow.terms(order);
    if (isPostponing) {
      session.queue(PostponedIndexes.INSERT_TERMS, order.number(), PostponedIndexes.json(terms));
    } else {
      for (String term : terms) {
        session.queue(INSERT_TERM, term, order.number());
      }
    }
  }
}
