package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.table.CaCertificateRow;
import org.certcollect.store.transfer.AccountRecord;
import org.certcollect.store.transfer.CaRecord;
import org.certcollect.store.transfer.Loader;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.TransferRecord;

/** A dry run of a load, which only reads the store. Used by one thread at a time. */
final class JdbcRehearsal implements Loader {
  private final Database database;
  private final KnownIds ids = new KnownIds();
  private final Set<String> promised = new HashSet<>();

  JdbcRehearsal(Database database) {
    this.database = database;
  }

  @Override
  public List<Outcome> load(List<TransferRecord> records) {
    return database.read(session -> rehearse(session, records));
  }

  private List<Outcome> rehearse(Session session, List<TransferRecord> records)
      throws SQLException {
    Outcome[] outcomes = new Outcome[records.size()];
    List<Integer> orders = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      TransferRecord record = records.get(i);
      if (record instanceof AccountRecord account) {
        promised.add(account.login());
        outcomes[i] = AccountLoad.compare(session, account);
      } else if (record instanceof CaRecord ca) {
        boolean known = CaCertificateRow.id(session, ca.certificate()).isPresent();
        outcomes[i] = known ? Outcome.KNOWN : Outcome.ADDED;
      } else if (hasAccount(session, (OrderRecord) record)) {
        orders.add(i);
      } else {
        outcomes[i] = LoadTransaction.unknownAccount((OrderRecord) record);
      }
    }
    new OrderCompare(session).compare(records, orders, outcomes);
    return List.of(outcomes);
  }

  private boolean hasAccount(Session session, OrderRecord order) throws SQLException {
    return promised.contains(order.account()) || ids.account(session, order.account()).isPresent();
  }
}
