package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.util.Optional;
import org.certcollect.store.Account;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.table.EventRow;
import org.certcollect.store.transfer.AccountRecord;

/** A reader of accounts with their history. */
final class StoredAccounts {
  private static final String EVENTS =
      "SELECT "
          + EventRow.COLUMNS
          + " FROM event e WHERE e.account_id = ? AND e.order_number IS NULL ORDER BY e.id";

  private StoredAccounts() {}

  static AccountRecord complete(Session session, Account account) throws SQLException {
    return new AccountRecord(
        account.login(),
        account.passwordHash(),
        account.products(),
        account.enabled(),
        account.created(),
        Optional.of(session.list(EVENTS, EventRow::read, account.id())));
  }
}
