package org.certcollect.cli.data;

import java.time.Clock;
import java.time.Duration;
import org.certcollect.cli.config.Configuration;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.PostgresConfig;
import org.certcollect.store.jdbc.PostgresStore;

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
    /** As {@link #READ}, for many records at a time, which takes as long as it takes. */
    BULK_READ,
    /** As {@link #CREATE}, for many records at a time. */
    BULK_CHANGE,
    /** As {@link #BULK_READ}, by a verb that does with an empty store where there is none. */
    BULK_REHEARSE
  }

  // Longer waits no call of the store; who moves millions of records is in no hurry.
  private static final Duration UNHURRIED = Duration.ofMinutes(10);

  private Stores() {}

  public static Store open(Configuration configuration, DataFolder folder, Clock clock, Use use) {
    boolean makes = use == Use.CREATE || use == Use.BULK_CHANGE;
    if (configuration.store().isPresent()) {
      boolean bulk = use != Use.READ && use != Use.CHANGE && use != Use.CREATE;
      return open(configuration.store().get().postgres(), clock, makes, bulk);
    }
    return makes ? folder.openOrCreate(clock) : folder.openExisting(clock);
  }

  /** Whether there is a store to open. */
  public static boolean exists(Configuration configuration, DataFolder folder, Clock clock) {
    return configuration.store().isPresent()
        ? PostgresStore.exists(configuration.store().get().postgres(), clock)
        : folder.hasStore();
  }

  private static Store open(PostgresConfig config, Clock clock, boolean makes, boolean bulk) {
    Store store =
        makes ? PostgresStore.open(config, clock) : PostgresStore.openExisting(config, clock);
    if (!bulk) {
      return store;
    }
    // Patience is for work that is under way: a store that cannot be opened is told at once.
    store.close();
    return PostgresStore.openExisting(config.with(config.poolSize(), UNHURRIED), clock);
  }
}
