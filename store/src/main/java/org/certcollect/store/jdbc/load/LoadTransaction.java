package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Text;
import org.certcollect.store.jdbc.table.CaCertificateRow;
import org.certcollect.store.transfer.AccountRecord;
import org.certcollect.store.transfer.CaRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.TransferRecord;

/** One transaction of a load, with as many records as its maximum duration allows. */
final class LoadTransaction {
  private final Session session;
  private final BulkInsert orders;
  private final KnownIds ids;
  private final Actor by;
  private final Instant now;
  private final Map<Long, Integer> taken = new HashMap<>();

  LoadTransaction(Session session, BulkInsert orders, KnownIds ids, Actor by, Instant now) {
    this.session = session;
    this.orders = orders;
    this.ids = ids;
    this.by = by;
    this.now = now;
  }

  /** Loads the first records, at least one, and returns their outcomes. */
  List<Outcome> load(List<TransferRecord> records, Duration max) throws SQLException {
    long end = System.nanoTime() + max.toNanos();
    Outcome[] outcomes = new Outcome[records.size()];
    int done = 0;
    do {
      TransferRecord record = records.get(done);
      if (record instanceof OrderRecord order && taken.containsKey(order.number())) {
        // The first of the two orders must be stored before the second one is compared.
        break;
      }
      outcomes[done] = load(record, done);
      done++;
    } while (done < records.size() && System.nanoTime() < end);
    finish(records, outcomes);
    return List.of(Arrays.copyOf(outcomes, done));
  }

  private Outcome load(TransferRecord record, int index) throws SQLException {
    if (record instanceof AccountRecord account) {
      return AccountLoad.load(session, account, by, now);
    }
    return record instanceof CaRecord ca ? load(ca) : take((OrderRecord) record, index);
  }

  /** Queues the order for insertion. Its outcome is "added" until the insertion tells otherwise. */
  private Outcome take(OrderRecord order, int index) throws SQLException {
    OptionalLong account = ids.account(session, order.account());
    if (account.isEmpty()) {
      return unknownAccount(order);
    }
    taken.put(order.number(), index);
    List<EventRecord> events =
        order
            .events()
            .orElseGet(
                () -> List.of(EventRecord.of(now, by, "order.import").to(order.state().name())));
    orders.add(new BulkInsert.Item(order, account.getAsLong(), events));
    return Outcome.ADDED;
  }

  static Outcome unknownAccount(OrderRecord order) {
    return new Outcome.Refused("there is no account " + Text.quoted(order.account()));
  }

  private void finish(List<TransferRecord> records, Outcome[] outcomes) throws SQLException {
    Set<Long> added = orders.finish();
    List<Integer> others =
        taken.entrySet().stream()
            .filter(entry -> !added.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    new OrderCompare(session).compare(records, others, outcomes);
  }

  private Outcome load(CaRecord ca) throws SQLException {
    if (!CaCertificateRow.keep(session, ca.certificate())) {
      return Outcome.KNOWN;
    }
    EventRecord note =
        EventRecord.of(now, by, "ca.import").detail(Optional.of(ca.certificate().fingerprint()));
    for (EventRecord event : ca.events().orElseGet(() -> List.of(note))) {
      EventRow.insert(session, OptionalLong.empty(), OptionalLong.empty(), event);
    }
    return Outcome.ADDED;
  }
}
