package org.certcollect.store.jdbc.postgres;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.domain.StoreUnavailableException.Reason;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Migrator;
import org.certcollect.store.jdbc.Row;

/** A factory of {@link Store}s in a PostgreSQL database. */
public final class PostgresStore {
  /** Enough for the indexes of some hundred million rows. */
  private static final Duration MIGRATION_DEADLINE = Duration.ofHours(1);

  /** Attempts of a migration that does not get its locks: for a minute, beside its own work. */
  private static final int MAX_ATTEMPTS = 40;

  /** The pause between two attempts. Readers that waited behind the first one then go on. */
  private static final Duration LOCK_PAUSE = Duration.ofSeconds(1);

  private PostgresStore() {}

  /**
   * Opens the store. Missing tables are created, and older ones are migrated. Any number of
   * processes may have the same database open.
   *
   * @param clock tells the time of changes
   * @throws StoreUnavailableException if the database cannot be reached, is not a store of
   *     certcollect, is a store of a newer release, or cannot be used
   */
  public static Store open(PostgresConfig config, Clock clock) {
    return open(config, clock, () -> {});
  }

  /**
   * Opens the store as {@link #open(PostgresConfig, Clock)} does.
   *
   * @param made is called if there was no store and a new one was made
   */
  public static Store open(PostgresConfig config, Clock clock, Runnable made) {
    return open(
        new PostgresEngine(config),
        clock,
        (database, migrator) -> migrate(database, migrator, made));
  }

  /**
   * Opens an existing store without a change of its tables, because nodes of an older release may
   * have the database open.
   *
   * @param clock tells the time of changes
   * @throws StoreUnavailableException as {@link #open} does, and also if there is no store or its
   *     tables are those of an older release
   */
  public static Store openExisting(PostgresConfig config, Clock clock) {
    return openExisting(new PostgresEngine(config), clock);
  }

  static Store openExisting(PostgresEngine engine, Clock clock) {
    return open(engine, clock, PostgresStore::refuse);
  }

  /**
   * Whether the database has a store of any release.
   *
   * @throws StoreUnavailableException if the database cannot be reached or used
   */
  public static boolean exists(PostgresConfig config, Clock clock) {
    PostgresEngine engine = new PostgresEngine(config);
    try (Database database = engine.open()) {
      return engine.migrator(database, clock).isBegun();
    }
  }

  private static Store open(
      PostgresEngine engine, Clock clock, BiConsumer<Database, Migrator> incomplete) {
    Database database = engine.open();
    try {
      return open(engine, database, clock, incomplete);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Opens the store in a database, which the caller closes if this fails.
   *
   * @param create whether to make the tables if there are none
   * @param made is called if they were made
   */
  static Store open(
      PostgresEngine engine, Database database, Clock clock, boolean create, Runnable made) {
    return open(
        engine,
        database,
        clock,
        (usual, migrator) -> {
          if (create || migrator.isBegun()) {
            migrate(usual, migrator, made);
          } else {
            refuse(usual, migrator);
          }
        });
  }

  private static Store open(
      PostgresEngine engine,
      Database database,
      Clock clock,
      BiConsumer<Database, Migrator> incomplete) {
    if (!engine.migrator(database, clock).isComplete()) {
      Database patient = database.withPatience(MIGRATION_DEADLINE);
      incomplete.accept(database, engine.migrator(patient, clock));
    }
    return engine.store(database, clock);
  }

  private static void migrate(Database database, Migrator migrator, Runnable made) {
    requireUtf8(database);
    boolean isNew = !migrator.isBegun();
    migrate(migrator, MAX_ATTEMPTS);
    if (isNew) {
      made.run();
    }
  }

  static void migrate(Migrator migrator, int maxAttempts) {
    for (int attempt = 1; ; attempt++) {
      try {
        migrator.migrate();
        return;
      } catch (StoreUnavailableException e) {
        boolean locked =
            e.getCause() instanceof SQLException cause && PostgresFailures.isLocked(cause);
        if (!locked || attempt == maxAttempts) {
          throw e;
        }
      }
      LockSupport.parkNanos(LOCK_PAUSE.toNanos());
    }
  }

  private static void refuse(Database database, Migrator migrator) {
    throw migrator.isBegun()
        ? new StoreUnavailableException(
            Reason.OLDER_TABLES, database.name() + " has the tables of an older certcollect")
        : new StoreUnavailableException(Reason.NO_STORE, "no store at " + database.name());
  }

  private static void requireUtf8(Database database) {
    String encoding =
        database.read(session -> session.first("SHOW server_encoding", Row::text)).orElseThrow();
    if (!encoding.equalsIgnoreCase("UTF8")) {
      throw new StoreUnavailableException(
          "%s has the encoding %s, which cannot hold every text: create it with ENCODING 'UTF8'"
              .formatted(database.name(), encoding));
    }
  }
}
