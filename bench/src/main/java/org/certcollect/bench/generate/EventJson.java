package org.certcollect.bench.generate;

/** The events of orders as JSON, without their timestamp, which precedes them. */
final class EventJson {
  static final byte[] ADD = event("order.add", "", "AWAITING_PAYMENT");
  static final byte[] PAY = event("order.pay", "AWAITING_PAYMENT", "PROCESSING");
  static final byte[] ISSUE = event("order.issue", "PROCESSING", "ISSUED");
  static final byte[] REISSUE = event("order.issue", "ISSUED", "ISSUED");
  static final byte[] REVOKE = event("order.revoke", "ISSUED", "REVOKED");
  static final byte[] REJECT = event("order.reject", "AWAITING_PAYMENT", "REJECTED");

  private EventJson() {}

  private static byte[] event(String action, String from, String to) {
    String before = from.isEmpty() ? "" : "\"from\":\"" + from + "\",";
    return Bytes.of(
        ",\"actor\":\"cli:operator\",\"action\":\"%s\",%s\"to\":\"%s\"}"
            .formatted(action, before, to));
  }
}
