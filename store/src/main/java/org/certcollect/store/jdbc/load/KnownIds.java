package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.Account;
import org.certcollect.store.jdbc.BoundedMap;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.table.AccountRow;
import org.certcollect.store.jdbc.table.ChainRow;
import org.certcollect.store.x509.Certificate;

/**
 * A cache of the keys of accounts and chains for all transactions of a load. Keys are never reused,
 * and the rows of a transaction that was rolled back have no keys. Used by one thread at a time.
 */
public final class KnownIds {
  private static final int MAX_ENTRIES = 50_000;

  private final Map<String, Long> accounts = new BoundedMap<>(MAX_ENTRIES);
  private final Map<List<Certificate>, Long> chains = new BoundedMap<>(MAX_ENTRIES);
  private boolean uncertain;

  /**
   * Begins a transaction; if the transaction before it was not committed, its keys are removed from
   * the cache.
   */
  void begin() {
    if (uncertain) {
      forget();
    }
    uncertain = true;
  }

  /** Clears the cache, because the rows may have been rolled back. */
  public void forget() {
    accounts.clear();
    chains.clear();
  }

  void committed() {
    uncertain = false;
  }

  OptionalLong account(Session session, String login) throws SQLException {
    Long known = accounts.get(login);
    if (known != null) {
      return OptionalLong.of(known);
    }
    Optional<Account> found = AccountRow.find(session, login);
    found.ifPresent(account -> accounts.put(login, account.id()));
    return found.isPresent() ? OptionalLong.of(found.get().id()) : OptionalLong.empty();
  }

  /** The key of the chain of these issuers. The chain is stored if it is new. */
  public long chain(Session session, List<Certificate> issuers) throws SQLException {
    Long known = chains.get(issuers);
    if (known != null) {
      return known;
    }
    long id = ChainRow.keep(session, issuers);
    chains.put(issuers, id);
    return id;
  }
}
