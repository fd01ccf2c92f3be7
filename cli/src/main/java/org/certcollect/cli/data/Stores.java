package org.certcollect.cli.data;

import java.time.Clock;
import org.certcollect.cli.config.Configuration;
import org.certcollect.cli.config.StoreConfig;
import org.certcollect.store.Store;
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
    BULK_CHANGE
  }

  private Stores() {}

  public static Store open(Configuration configuration, DataFolder folder, Clock clock, Use use) {
    boolean bulk = use == Use.BULK_READ || use == Use.BULK_CHANGE;
    if (configuration.store().isPresent()) {
      StoreConfig store = configuration.store().get();
      return PostgresStore.open((bulk ? store.unhurried() : store).postgres(), clock);
    }
    return use == Use.CREATE || use == Use.BULK_CHANGE
        ? folder.openOrCreate(clock)
        : folder.openExisting(clock);
  }
}
