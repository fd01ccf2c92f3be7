package org.certcollect.store.jdbc;

import java.time.Clock;
import java.util.Optional;
import org.certcollect.store.Accounts;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.CheckResult;
import org.certcollect.store.CodesKey;
import org.certcollect.store.Collects;
import org.certcollect.store.Events;
import org.certcollect.store.Orders;
import org.certcollect.store.PromptCollects;
import org.certcollect.store.Store;
import org.certcollect.store.StoreException;
import org.certcollect.store.transfer.Transfers;

/** A store on any database that an {@link Engine} speaks to. Safe for use by many threads. */
final class JdbcStore implements Store {
  private static final String CHECK = "SELECT value FROM counter WHERE name = 'order_number'";

  private final Database database;
  private final Accounts accounts;
  private final Orders orders;
  private final CaCertificates caCertificates;
  private final CodesKey codesKey;
  private final Events events;
  private final Collects collects;
  private final Transfers transfers;
  private volatile boolean closed;

  JdbcStore(Database database, Clock clock) {
    this.database = database;
    this.accounts = new JdbcAccounts(database, clock);
    this.orders = new JdbcOrders(database, clock);
    this.caCertificates = new JdbcCaCertificates(database, clock);
    this.codesKey = new JdbcCodesKey(database, clock);
    this.events = new JdbcEvents(database);
    this.collects = new JdbcCollects(database);
    this.transfers = new JdbcTransfers(database, clock);
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
  public Optional<PromptCollects> promptCollects() {
    return database.engine().prompt().map(prompt -> new RememberedCollects(prompt, () -> closed));
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
          : CheckResult.failed(database.engine().name() + ": the counter of order numbers is gone");
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
