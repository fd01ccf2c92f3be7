package org.certcollect.store.jdbc.table;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.certcollect.store.Accounts;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.CheckResult;
import org.certcollect.store.CodesKey;
import org.certcollect.store.Collects;
import org.certcollect.store.Events;
import org.certcollect.store.NonBlockingCollects;
import org.certcollect.store.Orders;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.transfer.Transfers;

/** A store on a relational database. Safe for use by many threads. */
public final class JdbcStore implements Store {
  private static final String CHECK = "SELECT value FROM counter WHERE name = 'order_number'";

  private final Database database;
  private final Accounts accounts;
  private final Orders orders;
  private final CaCertificates caCertificates;
  private final CodesKey codesKey;
  private final Events events;
  private final Collects collects;
  private final Transfers transfers;
  private final Supplier<Optional<NonBlockingDatabase>> nonBlocking;
  private volatile boolean closed;

  /**
   * @param paging how lists of orders are paged
   * @param transfers the bulk access to the same database
   * @param nonBlocking opens a connection that never waits; gives nothing where each statement
   *     crosses a network
   */
  public JdbcStore(
      Database database,
      Clock clock,
      OrderPaging paging,
      Transfers transfers,
      Supplier<Optional<NonBlockingDatabase>> nonBlocking) {
    this.nonBlocking = nonBlocking;
    this.transfers = transfers;
    this.database = database;
    this.accounts = new JdbcAccounts(database, clock);
    this.orders = new JdbcOrders(database, paging, clock);
    this.caCertificates = new JdbcCaCertificates(database, clock);
    this.codesKey = new JdbcCodesKey(database, clock);
    this.events = new JdbcEvents(database);
    this.collects = new JdbcCollects(database);
  }

  @Override
  public Accounts accounts() {
    return accounts;
  }

  @Override
  public Orders orders() {
    return orders;
  }

  @Override
  public CaCertificates caCertificates() {
    return caCertificates;
  }

  @Override
  public CodesKey codesKey() {
    return codesKey;
  }

  @Override
  public Events events() {
    return events;
  }

  @Override
  public Collects collects() {
    return collects;
  }

  @Override
  public Optional<NonBlockingCollects> nonBlockingCollects() {
    return nonBlocking.get().map(own -> new CachingCollects(own, () -> closed));
  }

  @Override
  public Transfers transfers() {
    return transfers;
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
  public void close() {
    closed = true;
    database.close();
  }
}
