package org.certcollect.cli.order;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.certcollect.admin.EnumWords;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.verb.RecordFields;
import org.certcollect.store.Collects.ValidationDetails;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ProductTerm;
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
          "notAfter",
          "certificateId",
          "reissueSince");

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
        .add("notAfter", certificate.map(IssuedReference::notAfter))
        .add("certificateId", certificate.map(IssuedReference::id))
        .add("reissueSince", order.reissueSince());
  }

  /** The details of an order's validation, as clients of the dialect 1.22 can see them. */
  static Fields of(ValidationDetails details) {
    OrderValidation validation = details.validation();
    List<String> steps =
        new TreeMap<>(validation.steps())
            .entrySet().stream()
                .map(step -> EnumWords.of(step.getKey()) + "=" + EnumWords.of(step.getValue()))
                .toList();
    List<String> domains =
        validation.domains().stream()
            .map(domain -> domain.name() + "=" + EnumWords.of(domain.dcv()))
            .toList();
    return new Fields()
        .addPresent("domain", details.domain())
        .addPresent("validation", validation.status().map(EnumWords::of))
        .add("steps", steps)
        .addPresent("domains", Optional.of(domains).filter(list -> !list.isEmpty()))
        .addPresent("termStart", validation.term().map(ProductTerm::start))
        .addPresent("termEnd", validation.term().map(ProductTerm::end));
  }

  /** An issued certificate as one line of an order's history. */
  static Fields of(long id, VerifiedChain chain) {
    return new Fields()
        .add("id", id)
        .and(RecordFields.of(chain.endEntity()))
        .add("chain", 1L + chain.issuers().size());
  }
}
