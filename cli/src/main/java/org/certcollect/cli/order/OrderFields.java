package org.certcollect.cli.order;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.certcollect.admin.EnumWords;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.verb.RecordFields;
import org.certcollect.store.Collects.ValidationDetails;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ProductTerm;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.ParsedCertificate;
import org.certcollect.store.x509.VerifiedChain;

final class OrderFields {
  private static final Map<String, Function<Order, Object>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("number", Order::number);
    COLUMNS.put("account", Order::account);
    COLUMNS.put("product", order -> EnumWords.of(order.product()));
    COLUMNS.put("state", order -> EnumWords.of(order.state()));
    COLUMNS.put("reason", Order::reason);
    COLUMNS.put("created", Order::created);
    COLUMNS.put("changed", Order::changed);
    COLUMNS.put("notBefore", order -> order.certificate().map(IssuedReference::notBefore));
    COLUMNS.put("notAfter", order -> order.certificate().map(IssuedReference::notAfter));
    COLUMNS.put("certificateId", order -> order.certificate().map(IssuedReference::id));
    COLUMNS.put("reissueSince", Order::reissueSince);
    COLUMNS.put("heldSince", Order::heldSince);
    COLUMNS.put("reference", order -> order.remarks().reference());
    COLUMNS.put("note", order -> order.remarks().note());
    COLUMNS.put("name", Order::name);
    COLUMNS.put("issued", Order::issued);
    COLUMNS.put("processingSince", Order::processingSince);
  }

  private OrderFields() {}

  static List<String> names() {
    return List.copyOf(COLUMNS.keySet());
  }

  static Fields of(Order order) {
    Fields fields = new Fields();
    COLUMNS.forEach((name, value) -> fields.add(name, value.apply(order)));
    return fields;
  }

  /** The fields that fit a row on a terminal of 80 columns. */
  static Fields row(Order order) {
    return new Fields()
        .add("number", order.number())
        .add("account", order.account())
        .add("name", order.name())
        .add("state", EnumWords.of(order.state()) + order.heldSince().map(t -> ", held").orElse(""))
        .add("expiry", order.certificate().map(IssuedReference::notAfter));
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
        .and(parsed(chain.endEntity()))
        .add("chain", 1L + chain.issuers().size());
  }

  /** The fields that a certificate itself has; none if an older store kept a damaged one. */
  private static Fields parsed(Certificate certificate) {
    try {
      ParsedCertificate parsed = ParsedCertificate.of(certificate.der());
      return new Fields()
          .add("names", parsed.alternativeNames())
          .add("serial", HexFormat.of().formatHex(parsed.serial().toByteArray()))
          .add("issuer", parsed.issuer().text())
          .add("key", parsed.keyType());
    } catch (IllegalArgumentException e) {
      return new Fields();
    }
  }
}
