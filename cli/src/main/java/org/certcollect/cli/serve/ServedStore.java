package org.certcollect.cli.serve;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import org.certcollect.admin.CollectionCodeKey;
import org.certcollect.cli.config.Configuration;
import org.certcollect.cli.config.StoreConfig;
import org.certcollect.cli.verb.Shell;
import org.certcollect.server.log.LogEvent;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.postgres.AwaitedPostgresStore;
import org.certcollect.store.jdbc.postgres.PostgresConfig;

/**
 * The store of a server. It is open at once in SQLite, and in PostgreSQL when the database can be
 * reached. Until then its calls fail, which clients are told by {@code -14}.
 */
final class ServedStore implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("certcollect.serve");
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final Configuration configuration;
  private final Shell shell;
  private final boolean create;
  private final Runnable made;
  private final Optional<AwaitedPostgresStore> awaited;
  private final Store store;
  private volatile Optional<CollectionCodes> codes = Optional.empty();
  private volatile Optional<Throwable> failure = Optional.empty();

  /**
   * @param create whether to make a store if there is none
   * @param made is called if a store was made
   */
  ServedStore(Configuration configuration, Shell shell, boolean create, Runnable made) {
    this.configuration = configuration;
    this.shell = shell;
    this.create = create;
    this.made = made;
    awaited =
        configuration
            .store()
            .map(StoreConfig::postgres)
            .map(database -> new AwaitedPostgresStore(database, shell.clock()));
    store =
        awaited
            .map(AwaitedPostgresStore::store)
            .orElseGet(() -> shell.dataFolder().openToServe(shell.clock(), create, made));
  }

  Store store() {
    return store;
  }

  /** The codes of the store; fails as the store does until it is open. */
  CollectionCodes codes() {
    return codes.orElseThrow(() -> new StoreUnavailableException("the store is not open yet"));
  }

  /**
   * Opens the store.
   *
   * @param audited gives a store its auditor
   * @return the problem if the database cannot be reached now; empty if the store is open
   */
  Optional<String> open(UnaryOperator<Store> audited) {
    Consumer<Store> readCodes =
        reached -> {
          CollectionCodeKey key =
              new CollectionCodeKey(
                  configuration.codesKey(), shell.dataFolder(), audited.apply(reached));
          codes = Optional.of(key.use(shell.actor()));
        };
    if (awaited.isPresent()) {
      return awaited.get().open(create, made, readCodes);
    }
    readCodes.accept(store);
    return Optional.empty();
  }

  /**
   * Opens the store on a thread of its own, as soon as the database can be reached.
   *
   * @param opened is called when the store is open
   * @param failed is called when it can't be opened for a reason that waiting does not mend; then
   *     there is a {@link #failure}
   */
  void openLater(UnaryOperator<Store> audited, Runnable opened, Runnable failed) {
    Thread thread =
        new Thread(
            () -> {
              try {
                awaitDatabase(audited);
                opened.run();
              } catch (Throwable e) {
                // Without this, an error would leave a server that waits for ever.
                failure = Optional.of(e);
                failed.run();
              }
            },
            "store-opening");
    thread.setDaemon(true);
    thread.start();
  }

  private void awaitDatabase(UnaryOperator<Store> audited) {
    long due = System.nanoTime();
    for (Optional<String> problem = open(audited); problem.isPresent(); problem = open(audited)) {
      if (System.nanoTime() - due >= 0) {
        LogEvent.warning("The database cannot be reached; clients get -14, and the server tries on")
            .with("problem", problem.get())
            .to(LOG);
        due = System.nanoTime() + LOG_INTERVAL.toNanos();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    LogEvent.info("The store is open").to(LOG);
  }

  /**
   * Tries the password of other settings, if they are for the same user. Throws if it is refused.
   */
  void requirePasswordOf(PostgresConfig changed) {
    sameUser(changed).ifPresent(database -> database.requireAccepted(changed.password()));
  }

  /** Uses the password of other settings for new connections, if they are for the same user. */
  void usePasswordOf(PostgresConfig changed) {
    sameUser(changed).ifPresent(database -> database.usePassword(changed.password()));
  }

  private Optional<AwaitedPostgresStore> sameUser(PostgresConfig changed) {
    return configuration
        .store()
        .filter(used -> used.url().equals(changed.url()) && used.user().equals(changed.user()))
        .flatMap(used -> awaited);
  }

  /** The failure that ended {@link #openLater}. */
  Optional<Throwable> failure() {
    return failure;
  }

  @Override
  public void close() {
    store.close();
  }
}
