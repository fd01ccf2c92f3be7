package org.certcollect.cli.config;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.certcollect.admin.DataFolder;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.jdbc.postgres.PostgresStore;

/** Opens the store that is configured: PostgreSQL, or SQLite in the data folder. */
public final class Stores {
  public enum Use {
    /** Reads; the store must exist. */
    READ,
    /** Changes; the store must exist, because a mistyped folder must not become a store. */
    CHANGE,
    /** Changes; the store is created if there is none. */
    CREATE,
    /** As {@link #READ}, for many records at a time, without a short deadline. */
    BULK_READ,
    /** As {@link #CREATE}, for many records at a time. */
    BULK_CHANGE,
    /** As {@link #BULK_READ}, for a dry run, which uses an empty store if there is none. */
    BULK_REHEARSE;

    /** Whether the use creates the store if there is none. */
    private boolean makes() {
      return this == CREATE || this == BULK_CHANGE;
    }

    /** Whether the use takes long and nobody waits for a single answer. */
    public boolean isBulk() {
      return this == BULK_READ || this == BULK_CHANGE || this == BULK_REHEARSE;
    }
  }

  /** Enough for two loads at a time and one lookup. */
  private static final int BULK_CONNECTIONS = 3;

  // A failover takes less than this.
  private static final Duration UNHURRIED = Duration.ofMinutes(1);

  private Stores() {}

  /**
   * Opens the store.
   *
   * @param made is called if there was no store and a new one was made
   */
  public static Store open(
      Configuration configuration, DataFolder folder, Clock clock, Use use, Runnable made) {
    if (configuration.store().isPresent()) {
      return open(configuration.store().get().postgres(), clock, use, made);
    }
    return use.makes() ? folder.openOrCreate(clock, made) : folder.openExisting(clock);
  }

  /** The place of the store for a message: the database, or the data folder. */
  public static String place(Configuration configuration, DataFolder folder) {
    return configuration
        .store()
        .map(store -> store.postgres(Optional.empty()).name())
        .orElseGet(() -> folder.path().toAbsolutePath().normalize().toString());
  }

  public static boolean exists(Configuration configuration, DataFolder folder, Clock clock) {
    return configuration.store().isPresent()
        ? PostgresStore.exists(first(configuration.store().get().postgres()), clock)
        : folder.hasStore();
  }

  private static Store open(PostgresConfig config, Clock clock, Use use, Runnable made) {
    PostgresConfig first = first(config);
    Store store =
        use.makes()
            ? PostgresStore.open(first, clock, made)
            : PostgresStore.openExisting(first, clock);
    if (!use.isBulk()) {
      return store;
    }
    // The long deadline is only for work that has begun: opening must fail fast.
    store.close();
    return PostgresStore.openExisting(unhurried(config), clock);
  }

  /** The configuration for opening. A verb needs only one connection. */
  static PostgresConfig first(PostgresConfig config) {
    return config.with(1, config.deadline());
  }

  static PostgresConfig unhurried(PostgresConfig config) {
    Duration deadline = config.deadline().compareTo(UNHURRIED) > 0 ? config.deadline() : UNHURRIED;
    return config.with(Math.min(config.poolSize(), BULK_CONNECTIONS), deadline);
  }
}
