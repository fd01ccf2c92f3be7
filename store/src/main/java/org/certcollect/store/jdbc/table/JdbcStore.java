package org.certcollect.store.jdbc.table;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.certcollect.store.Accounts;
import org.certcollect.store.ApiAnswers;
import org.certcollect.store.ApiCredentials;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.ChangeAuditor;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.CheckResult;
import org.certcollect.store.CodesKey;
import org.certcollect.store.Collects;
import org.certcollect.store.Events;
import org.certcollect.store.LastCollects;
import org.certcollect.store.Nodes;
import org.certcollect.store.NonBlockingCollects;
import org.certcollect.store.Orders;
import org.certcollect.store.Outbox;
import org.certcollect.store.Pushes;
import org.certcollect.store.Retention;
import org.certcollect.store.Store;
import org.certcollect.store.Store.PoolUse;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.JdbcNodes;
import org.certcollect.store.jdbc.MailingTransactions;
import org.certcollect.store.jdbc.Migration;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.SqlDialect;
import org.certcollect.store.jdbc.push.JdbcPushes;
import org.certcollect.store.jdbc.push.PushWriter;
import org.certcollect.store.transfer.Transfers;

/** A store on a relational database. Safe for use by many threads. */
public final class JdbcStore implements Store {
  private static final String CHECK = "SELECT value FROM counter WHERE name = 'order_number'";

  private final Database database;
  private final Clock clock;
  private final SqlDialect dialect;
  private final Transfers transfers;
  private final Supplier<Optional<CachingCollects.NonBlocking>> nonBlocking;
  private final AtomicBoolean closed;
  private final Collects collects;

  /**
   * @param dialect the SQL of this kind of database
   * @param collects the reads of collect requests in the same database
   * @param transfers the bulk access to the same database
   * @param nonBlocking opens a connection that never waits; gives nothing where each statement
   *     crosses a network
   */
  public JdbcStore(
      Database database,
      Clock clock,
      SqlDialect dialect,
      Collects collects,
      Transfers transfers,
      Supplier<Optional<CachingCollects.NonBlocking>> nonBlocking) {
    this.database = database;
    // The precision of the store.
    this.clock = Clock.tick(clock, Duration.ofMillis(1));
    this.dialect = dialect;
    this.transfers = transfers;
    this.nonBlocking = nonBlocking;
    closed = new AtomicBoolean();
    this.collects = collects;
  }

  /** A view of a store by another way to its database. It is closed when the store is. */
  private JdbcStore(JdbcStore store, Database database, Collects collects) {
    this.database = database;
    clock = store.clock;
    dialect = store.dialect;
    transfers = store.transfers;
    nonBlocking = store.nonBlocking;
    closed = store.closed;
    this.collects = collects;
  }

  /** The migrations of an engine's tables. */
  public static List<Migration> migrations(String engine) {
    return Migration.load(
        engine,
        Map.of("0006-search-fill.sql", SearchFill::next),
        "0001-first.sql",
        "0002-ascii-digits.sql",
        "0003-reissues.sql",
        "0004-admin-api.sql",
        "0005-search.sql",
        "0006-search-fill.sql",
        "0007-holds.sql",
        "0008-event-lists.sql",
        "0009-last-collects.sql",
        "0010-retention.sql",
        "0011-bcrypt.sql",
        "0012-prune-by-account.sql",
        "0013-outbox.sql",
        "0014-nodes.sql",
        "0015-push.sql",
        "0016-search-parts.sql",
        "0017-postponed.sql");
  }

  @Override
  public Accounts accounts() {
    return new JdbcAccounts(database, clock);
  }

  @Override
  public Orders orders() {
    return new JdbcOrders(database, dialect, clock);
  }

  @Override
  public CaCertificates caCertificates() {
    return new JdbcCaCertificates(database, clock);
  }

  @Override
  public CodesKey codesKey() {
    return new JdbcCodesKey(database, clock);
  }

  @Override
  public Events events() {
    return new JdbcEvents(database);
  }

  @Override
  public LastCollects lastCollects() {
    return new JdbcLastCollects(database, dialect);
  }

  @Override
  public Nodes nodes() {
    return new JdbcNodes(database);
  }

  @Override
  public Retention retention() {
    return new JdbcRetention(database, dialect, clock);
  }

  @Override
  public Outbox outbox() {
    return new JdbcOutbox(database, clock);
  }

  @Override
  public Pushes pushes() {
    return new JdbcPushes(database, clock);
  }

  @Override
  public ApiCredentials apiCredentials() {
    return new JdbcApiCredentials(database, clock);
  }

  @Override
  public ApiAnswers apiAnswers() {
    return new JdbcApiAnswers(database);
  }

  @Override
  public <T> T atomically(Function<Store, T> work) {
    // A transaction sees its own changes, which are not in the identity of its snapshots.
    return database.changeWith(
        joined -> work.apply(new JdbcStore(this, joined, new JdbcCollects(joined))));
  }

  @Override
  public Collects collects() {
    return collects;
  }

  @Override
  public Optional<NonBlockingCollects> nonBlockingCollects() {
    return nonBlocking.get().map(own -> new CachingCollects(own, closed::get));
  }

  @Override
  public Transfers transfers() {
    return transfers;
  }

  @Override
  public PoolUse pool() {
    return database.readers().use();
  }

  @Override
  public CheckResult check() {
    try {
      return database.read(session -> session.first(CHECK, Row::number)).isPresent()
          ? CheckResult.OK
          : CheckResult.failed(database.name() + ": the counter of order numbers is gone");
    } catch (StoreException e) {
      return CheckResult.failed(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Store audited(ChangeAuditor auditor) {
    return new JdbcStore(this, database.audited(auditor), collects);
  }

  @Override
  public Store mailing(Set<MailKind> kinds, Runnable written) {
    return new JdbcStore(
        this,
        database.with(
            new MailingTransactions(
                database.transactions(),
                (session, changes) -> {
                  boolean mail = new OutboxWriter(session, kinds, changes).write();
                  return new PushWriter(session, changes).write() || mail;
                },
                written)),
        collects);
  }

  @Override
  public void announce(ChangeRecord record) {
    database.transactions().announce(record);
  }

  @Override
  public void close() {
    closed.set(true);
    database.close();
  }
}
