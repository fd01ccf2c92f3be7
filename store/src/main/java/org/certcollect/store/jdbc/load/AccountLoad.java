package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.Account;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Text;
import org.certcollect.store.jdbc.push.PushRow;
import org.certcollect.store.jdbc.table.AccountRow;
import org.certcollect.store.transfer.AccountRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.Outcome;

/** The load of one account within a transaction, its dry run and its export. */
final class AccountLoad {
  private static final String EVENTS =
      "SELECT "
          + EventRow.COLUMNS
          + " FROM event e WHERE e.account_id = ? AND e.order_number IS NULL ORDER BY e.id";

  private AccountLoad() {}

  static Outcome load(Session session, AccountRecord account, Actor by, Instant now)
      throws SQLException {
    Optional<Long> id =
        AccountRow.insert(
            session,
            account.login(),
            account.passwordHash(),
            account.products(),
            account.enabled(),
            account.created(),
            account.oldPassword(),
            account.contact());
    if (id.isEmpty()) {
      return compare(session, account);
    }
    if (account.push().isPresent()) {
      PushRow.put(session, id.get(), account.push().get(), now);
    }
    EventRecord note =
        EventRecord.of(now, by, "account.import").to(AccountRow.productText(account.products()));
    for (EventRecord event : account.events().orElseGet(() -> List.of(note))) {
      EventRow.insert(session, OptionalLong.of(id.get()), OptionalLong.empty(), event);
    }
    return Outcome.ADDED;
  }

  /**
   * The outcome for an account, compared with the stored account of that login, if there is one.
   */
  static Outcome compare(Session session, AccountRecord account) throws SQLException {
    Optional<Account> stored = AccountRow.find(session, account.login());
    if (stored.isEmpty()) {
      return Outcome.ADDED;
    }
    AccountRecord there = complete(session, stored.get());
    List<String> differences = account.differences(there);
    return differences.isEmpty()
            || (differences.equals(List.of("password"))
                && wasRehashed(there, account.passwordHash()))
        ? Outcome.KNOWN
        : new Outcome.Refused(
            "account %s already exists and differs in: %s"
                .formatted(Text.quoted(account.login()), String.join(", ", differences)));
  }

  /** Whether logins had this hash replaced, and the stored one is the last that took its place. */
  private static boolean wasRehashed(AccountRecord stored, PasswordHash former) {
    String digest = former.digest();
    for (EventRecord event : stored.events().orElse(List.of())) {
      if (event.action().equals("account.rehash") && event.from().equals(Optional.of(digest))) {
        digest = event.to().orElse("");
      }
    }
    return digest.equals(stored.passwordHash().digest());
  }

  /** The account with its history. */
  static AccountRecord complete(Session session, Account account) throws SQLException {
    return new AccountRecord(
        account.login(),
        account.passwordHash(),
        account.products(),
        account.enabled(),
        account.created(),
        account.oldPassword(),
        account.contact(),
        PushRow.find(session, account.id()),
        Optional.of(session.list(EVENTS, EventRow::read, account.id())));
  }
}
