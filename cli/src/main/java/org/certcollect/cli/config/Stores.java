package org.certcollect.cli.config;

import java.time.Clock;
import java.time.Duration;
import org.certcollect.admin.DataFolder;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.jdbc.postgres.PostgresStore;

/** Opens the store that is configured: PostgreSQL, or SQLite in the data folder. */
public final class Stores {
  /** What a store is opened for. */
  public enum Use {
    /** A store is there already. */
    READ,
    /** As {@link #READ}: a mistyped folder must not become a new store. */
    CHANGE,
    /** It is made if it is not there. */
    CREATE,
    /** As {@link #CREATE}, for the many requests of a server; a store that is away is not made. */
    SERVE,
    /** As {@link #READ}, for many records at a time, which takes as long as it takes. */
    BULK_READ,
    /** As {@link #CREATE}, for many records at a time. */
    BULK_CHANGE,
    /** As {@link #BULK_READ}, by a verb that does with an empty store where there is none. */
    BULK_REHEARSE;

    /** Whether it goes on for long, and nobody waits for a single answer. */
    public boolean isBulk() {
      return this == BULK_READ || this == BULK_CHANGE || this == BULK_REHEARSE;
    }
  }

  /** Two loads at a time, and what is looked up meanwhile. */
  private static final int BULK_CONNECTIONS = 3;

  // An answer that takes longer does not come any more; a failover takes less.
  private static final Duration UNHURRIED = Duration.ofMinutes(1);

  private Stores() {}

  public static Store open(Configuration configuration, DataFolder folder, Clock clock, Use use) {
    boolean makes = use == Use.CREATE || use == Use.SERVE || use == Use.BULK_CHANGE;
    if (configuration.store().isPresent()) {
      return open(configuration.store().get().postgres(), clock, makes, use);
    }
    if (use == Use.SERVE) {
      return folder.openToServe(clock);
    }
    return makes ? folder.openOrCreate(clock) : folder.openExisting(clock);
  }

  /** Whether there is a store to open. */
  public static boolean exists(Configuration configuration, DataFolder folder, Clock clock) {
    return configuration.store().isPresent()
        ? PostgresStore.exists(first(configuration.store().get().postgres(), Use.READ), clock)
        : folder.hasStore();
  }

  private static Store open(PostgresConfig config, Clock clock, boolean makes, Use use) {
    PostgresConfig first = first(config, use);
    Store store =
        makes ? PostgresStore.open(first, clock) : PostgresStore.openExisting(first, clock);
    if (!use.isBulk()) {
      return store;
    }
    // Patience is for work that is under way: a store that cannot be opened is told at once.
    store.close();
    return PostgresStore.openExisting(unhurried(config), clock);
  }

  /** What it is opened with at first: a verb does one thing after the other. */
  static PostgresConfig first(PostgresConfig config, Use use) {
    return use == Use.SERVE ? config : config.with(1, config.deadline());
  }

  static PostgresConfig unhurried(PostgresConfig config) {
    Duration deadline = config.deadline().compareTo(UNHURRIED) > 0 ? config.deadline() : UNHURRIED;
    return config.with(Math.min(config.poolSize(), BULK_CONNECTIONS), deadline);
  }
}
