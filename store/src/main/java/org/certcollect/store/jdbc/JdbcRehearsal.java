package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.certcollect.store.transfer.AccountRecord;
import org.certcollect.store.transfer.CaRecord;
import org.certcollect.store.transfer.Loader;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.TransferRecord;

/** Tells what a load would do, by reading alone. Used by one thread at a time. */
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
    List<Outcome> outcomes = new ArrayList<>();
    OrderCompare compare = new OrderCompare(session);
    for (TransferRecord record : records) {
      if (record instanceof AccountRecord account) {
        promised.add(account.login());
        outcomes.add(AccountLoad.compare(session, account));
      } else if (record instanceof CaRecord ca) {
        boolean known = CaCertificateRow.id(session, ca.certificate()).isPresent();
        outcomes.add(known ? Outcome.KNOWN : Outcome.ADDED);
      } else {
        outcomes.add(order(session, compare, (OrderRecord) record));
      }
    }
    return outcomes;
  }

  private Outcome order(Session session, OrderCompare compare, OrderRecord order)
      throws SQLException {
    boolean hasAccount =
        promised.contains(order.account()) || ids.account(session, order.account()).isPresent();
    return hasAccount ? compare.compare(List.of(order)).get(0) : LoadRefusals.unknownAccount(order);
  }
}
