package org.certcollect.server.collect;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Logger;
import org.certcollect.admin.AdminException;
import org.certcollect.server.auth.Authenticator.HashUpgrade;
import org.certcollect.server.log.LogEvent;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.StoreException;

/**
 * The replacement of imported password hashes in the store. If it fails, the login is right all the
 * same, and the next one tries again. Safe for use by many threads.
 *
 * @param workers the threads that may block on the store
 */
public record StoredHashes(Store store, Executor workers) implements HashUpgrade {
  private static final Logger LOG = Logger.getLogger(StoredHashes.class.getName());
  private static final Actor SERVER = new Actor("certcollect");

  @Override
  public void accept(Account account, PasswordHash old, PasswordHash better) {
    try {
      workers.execute(() -> replace(account, old, better));
    } catch (RejectedExecutionException e) {
      LOG.fine("No thread is free to replace a password hash.");
    }
  }

  private void replace(Account account, PasswordHash old, PasswordHash better) {
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
