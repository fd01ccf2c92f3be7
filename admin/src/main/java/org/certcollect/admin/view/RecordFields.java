package org.certcollect.admin.view;

import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.certcollect.admin.EnumWords;
import org.certcollect.store.Account;
import org.certcollect.store.Event;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.LastCollects.LastCollect;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OldPassword;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ProductTerm;
import org.certcollect.store.domain.Product;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.DistinguishedName;
import org.certcollect.store.x509.ParsedCertificate;
import org.certcollect.store.x509.VerifiedChain;

/** The fields of the store's records, with the names that every front end gives them. */
public final class RecordFields {
  private static final Pattern STATE = Pattern.compile("[A-Z_]+");
  private static final Map<String, Function<Order, Object>> ORDER = new LinkedHashMap<>();

  static {
    ORDER.put("number", Order::number);
    ORDER.put("account", Order::account);
    ORDER.put("product", order -> EnumWords.of(order.product()));
    ORDER.put("state", order -> EnumWords.of(order.state()));
    ORDER.put("reason", Order::reason);
    ORDER.put("created", Order::created);
    ORDER.put("changed", Order::changed);
    ORDER.put("notBefore", order -> order.certificate().map(IssuedReference::notBefore));
    ORDER.put("notAfter", order -> order.certificate().map(IssuedReference::notAfter));
    ORDER.put("certificateId", order -> order.certificate().map(IssuedReference::id));
    ORDER.put("reissueSince", Order::reissueSince);
    ORDER.put("heldSince", Order::heldSince);
    ORDER.put("reference", order -> order.remarks().reference());
    ORDER.put("note", order -> order.remarks().note());
    ORDER.put("name", Order::name);
    ORDER.put("issued", Order::issued);
    ORDER.put("processingSince", Order::processingSince);
    ORDER.put("email", order -> order.contact().email().map(MailAddress::value));
    ORDER.put("language", order -> order.contact().language());
    ORDER.put("noMail", order -> optedOut(order.contact()));
  }

  private RecordFields() {}

  private static Optional<Boolean> optedOut(MailContact contact) {
    return Optional.of(true).filter(out -> contact.optedOut());
  }

  /** The names of the fields of an order. */
  public static List<String> ofOrders() {
    return List.copyOf(ORDER.keySet());
  }

  public static Fields of(Order order) {
    Fields fields = new Fields();
    ORDER.forEach((name, value) -> fields.add(name, value.apply(order)));
    return fields;
  }

  /**
   * An order with all that belongs to it.
   *
   * @param event the form of its events
   */
  public static Fields whole(Store store, Order order, Function<Event, Fields> event) {
    Optional<LastCollect> last = store.lastCollects().of(order.number());
    return of(order)
        .and(validation(store, order))
        .addPresent("collected", last.map(LastCollect::at))
        .addPresent("collectedBy", last.map(LastCollect::by))
        .addPresent("collectedFrom", last.map(LastCollect::source))
        .add(
            "certificates",
            store.orders().certificates(order.number()).stream()
                .map(issued -> of(issued.id(), store.collects().chain(issued)))
                .toList())
        .add("events", store.events().ofOrder(order.number()).stream().map(event).toList());
  }

  /** The validation of a server certificate, as clients of the dialect 1.22 can see it. */
  public static Fields validation(Store store, Order order) {
    if (order.product() != Product.SSL) {
      return new Fields();
    }
    var details =
        store
            .collects()
            .details(
                order.number(),
                order.certificate().filter(issued -> order.reissueSince().isEmpty()));
    OrderValidation validation = details.validation();
    Fields steps = new Fields();
    new TreeMap<>(validation.steps())
        .forEach((step, progress) -> steps.add(EnumWords.of(step), EnumWords.of(progress)));
    Fields domains = new Fields();
    validation.domains().forEach(each -> domains.add(each.name(), EnumWords.of(each.dcv())));
    return new Fields()
        .add(
            "validation",
            new Fields()
                .addPresent("domain", details.domain())
                .addPresent("status", validation.status().map(EnumWords::of))
                .add("steps", steps)
                .add("domains", domains)
                .addPresent("termStart", validation.term().map(ProductTerm::start))
                .addPresent("termEnd", validation.term().map(ProductTerm::end)));
  }

  /** An account at a time, which tells whether its old password is still valid. */
  public static Fields of(Account account, Instant now) {
    return new Fields()
        .add("login", account.login())
        .add("enabled", account.enabled())
        .add("products", account.products().stream().sorted().map(EnumWords::of).toList())
        .add("created", account.created())
        .addPresent(
            "oldPasswordUntil", account.oldPassword().map(OldPassword::until).filter(now::isBefore))
        .addPresent("email", account.contact().email().map(MailAddress::value))
        .addPresent("language", account.contact().language())
        .addPresent("noMail", optedOut(account.contact()));
  }

  public static Fields of(Event event) {
    return new Fields()
        .add("at", event.at())
        .add("actor", event.actor())
        .add("action", event.action())
        .add("from", event.from().map(RecordFields::word))
        .add("to", event.to().map(RecordFields::word))
        .add("detail", event.detail());
  }

  /** The word for a state; other texts are kept, for example the end of an old password. */
  private static String word(String text) {
    return STATE.matcher(text).matches() ? EnumWords.of(text) : text;
  }

  /** An event with what it is about. */
  public static Fields withSubject(Event event) {
    return new Fields()
        .add("id", event.id())
        .add("order", event.order().isPresent() ? event.order().getAsLong() : Optional.empty())
        .add("account", event.account())
        .and(of(event));
  }

  public static Fields of(Certificate certificate) {
    return new Fields()
        .add("subject", DistinguishedName.of(certificate.subject()).text())
        .add("notBefore", certificate.notBefore())
        .add("notAfter", certificate.notAfter())
        .add("sha256", certificate.fingerprint());
  }

  /** The certificates of a chain, the end entity's first. */
  public static List<Fields> of(VerifiedChain chain) {
    return Stream.concat(Stream.of(chain.endEntity()), chain.issuers().stream())
        .map(RecordFields::of)
        .toList();
  }

  /** A certificate of an order, with an id. */
  private static Fields of(long id, VerifiedChain chain) {
    return new Fields()
        .add("id", id)
        .and(of(chain.endEntity()))
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
