package org.certcollect.server.collect;

import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.certcollect.admin.AdminException;
import org.certcollect.server.auth.Authenticator.ForeignHashes;
import org.certcollect.server.log.LogEvent;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.StoreException;

/**
 * The password hashes in the store that another system made. If the replacement of one fails, the
 * login is right all the same, and the next one tries again. Safe for use by many threads.
 */
public final class StoredHashes implements ForeignHashes {
  private static final Logger LOG = Logger.getLogger("certcollect.auth");
  private static final Actor SERVER = new Actor("certcollect");
  private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Store store;
  private final Executor workers;
  private final AtomicLong due = new AtomicLong(System.nanoTime());

  /** The cost that was read last; empty before the first reading. */
  private volatile OptionalInt cost = OptionalInt.empty();

  /**
   * @param workers the threads that may block on the store
   */
  public StoredHashes(Store store, Executor workers) {
    this.store = store;
    this.workers = workers;
  }

  /** The cost as it was at most a second ago, or longer while the store is unavailable. */
  @Override
  public int highestBcryptCost() {
    if (cost.isEmpty()) {
      readFirst();
    }
    long now = System.nanoTime();
    long last = due.get();
    if (now - last >= 0 && due.compareAndSet(last, now + MAX_AGE_NANOS)) {
      read();
    }
    return cost.orElse(0);
  }

  /** All checks wait for the first reading, since without a cost they would tell logins apart. */
  private synchronized void readFirst() {
    if (cost.isEmpty()) {
      read();
    }
  }

  private void read() {
    due.set(System.nanoTime() + MAX_AGE_NANOS);
    try {
      cost = OptionalInt.of(store.accounts().highestBcryptCost());
    } catch (StoreException e) {
      LOG.fine("The cost of imported password hashes could not be read.");
    }
  }

  @Override
  public void replace(Account account, PasswordHash old, PasswordHash better) {
    try {
      workers.execute(() -> replaceNow(account, old, better));
    } catch (RejectedExecutionException e) {
      LOG.fine("No thread is free to replace a password hash.");
    }
  }

  private void replaceNow(Account account, PasswordHash old, PasswordHash better) {
    try {
      Account unused = store.accounts().rehash(account.login(), old, better, SERVER);
    } catch (StoreException | AdminException e) {
      LogEvent.warning(
              "An imported password hash could not be replaced; the next login tries again")
          .with("account", account.id())
          .to(LOG);
    }
  }
}
