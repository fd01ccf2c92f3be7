package org.certcollect.store.jdbc;

import java.time.Clock;
import java.time.Duration;
import org.certcollect.store.Store;
import org.certcollect.store.StoreUnavailableException;

/** Opens a {@link Store} in a PostgreSQL database. */
public final class PostgresStore {
  private static final Duration MIGRATION_DEADLINE = Duration.ofMinutes(5);

  private PostgresStore() {}

  /**
   * Opens the store, and where needed makes its tables or brings them up to date. Any number of
   * processes may have the same database open.
   *
   * @param clock tells the time of changes
   * @throws StoreUnavailableException when the database cannot be reached, is no store of
   *     certcollect or a newer one's, or cannot be used
   */
  public static Store open(PostgresConfig config, Clock clock) {
    Database database = new PostgresEngine(config).open();
    try {
      if (!new Migrator(database, clock).isComplete()) {
        requireUtf8(database);
        new Migrator(database.withPatience(MIGRATION_DEADLINE), clock).migrate();
      }
      return new JdbcStore(database, clock);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static void requireUtf8(Database database) {
    String encoding =
        database.read(session -> session.first("SHOW server_encoding", Row::text)).orElseThrow();
    if (!encoding.equalsIgnoreCase("UTF8")) {
      throw new StoreUnavailableException(
          "%s has the encoding %s, which cannot hold every text: create it with ENCODING 'UTF8'"
              .formatted(database.engine().name(), encoding));
    }
  }
}
