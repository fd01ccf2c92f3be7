package org.certcollect.server.status;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.certcollect.server.tls.ServedCertificate;
import org.certcollect.store.Messages;
import org.certcollect.store.Nodes.Node;
import org.certcollect.store.OrderStatistics;

/** The members of a server's state, as the page and the admin API tell it. */
public final class StateFields {
  private StateFields() {}

  /** The numbers of orders in each state, and of certificates that expire within some days. */
  public static Map<String, Object> of(OrderStatistics counted) {
    Map<String, Long> expiring = new LinkedHashMap<>();
    new TreeMap<>(counted.expiring())
        .forEach((within, count) -> expiring.put(within.toDays() + "d", count));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("orders", new TreeMap<>(counted.byState()));
    fields.put("expiring", expiring);
    return fields;
  }

  /** The numbers of messages of one channel. */
  public static Map<String, Object> of(Messages.Counts counts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("waiting", counts.waiting());
    fields.put("failed", counts.failed());
    counts.oldest().ifPresent(due -> fields.put("oldest", due));
    return fields;
  }

  /** A server on the store. */
  public static Map<String, Object> of(Node node) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("node", node.name());
    fields.put("version", node.version());
    fields.put("started", node.started());
    fields.put("seen", node.seen());
    return fields;
  }

  /** A certificate of the server itself. */
  public static Map<String, Object> of(ServedCertificate own) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("key", own.keyType());
    fields.put("subject", own.subject());
    fields.put("notAfter", own.notAfter());
    return fields;
  }
}
