package org.certcollect.cli.order;

import java.util.List;
import java.util.Optional;
import org.certcollect.admin.EnumWords;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.verb.RecordFields;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
import org.certcollect.store.x509.VerifiedChain;

final class OrderFields {
  static final List<String> NAMES =
      List.of(
          "number",
          "account",
          "product",
          "state",
          "reason",
          "created",
          "changed",
          "notBefore",
          "notAfter");

  private OrderFields() {}

  static Fields of(Order order) {
    Optional<IssuedReference> certificate = order.certificate();
    return new Fields()
        .add("number", order.number())
        .add("account", order.account())
        .add("product", EnumWords.of(order.product()))
        .add("state", EnumWords.of(order.state()))
        .add("reason", order.reason())
        .add("created", order.created())
        .add("changed", order.changed())
        .add("notBefore", certificate.map(IssuedReference::notBefore))
        .add("notAfter", certificate.map(IssuedReference::notAfter));
  }

  /** An issued certificate as one line of an order's history. */
  static Fields of(VerifiedChain chain) {
    return RecordFields.of(chain.endEntity()).add("chain", 1L + chain.issuers().size());
  }
}
