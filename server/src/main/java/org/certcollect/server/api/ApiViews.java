package org.certcollect.server.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.certcollect.admin.EnumWords;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.Account;
import org.certcollect.store.Collects.ValidationDetails;
import org.certcollect.store.Event;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
import org.certcollect.store.domain.OldPassword;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ProductTerm;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.DistinguishedName;

/** The forms of records in JSON, with the members of the command line's {@code --json}. */
final class ApiViews {
  private ApiViews() {}

  static Response response(JsonObject json) {
    return new Response(200, "application/json", json.encode());
  }

  static <T> JsonArray array(Collection<T> values, Function<T, ?> view) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(view.apply(value)));
    return array;
  }

  private static JsonObject put(JsonObject json, String name, Optional<?> value) {
    value.ifPresent(there -> json.put(name, there));
    return json;
  }

  static JsonObject of(Account account) {
    JsonObject json =
        new JsonObject()
            .put("login", account.login())
            .put("enabled", account.enabled())
            .put("products", array(account.products().stream().sorted().toList(), EnumWords::of))
            .put("created", account.created());
    return put(json, "oldPasswordUntil", account.oldPassword().map(OldPassword::until));
  }

  static JsonObject of(Order order) {
    JsonObject json =
        new JsonObject()
            .put("number", order.number())
            .put("account", order.account())
            .put("product", EnumWords.of(order.product()))
            .put("state", EnumWords.of(order.state()))
            .put("created", order.created())
            .put("changed", order.changed());
    put(json, "name", order.name());
    put(json, "reason", order.reason());
    put(json, "notBefore", order.certificate().map(IssuedReference::notBefore));
    put(json, "notAfter", order.certificate().map(IssuedReference::notAfter));
    put(json, "certificateId", order.certificate().map(IssuedReference::id));
    put(json, "issued", order.issued());
    put(json, "processingSince", order.processingSince());
    put(json, "reissueSince", order.reissueSince());
    put(json, "heldSince", order.heldSince());
    put(json, "reference", order.remarks().reference());
    return put(json, "note", order.remarks().note());
  }

  static JsonObject of(ValidationDetails details) {
    OrderValidation validation = details.validation();
    JsonObject steps = new JsonObject();
    new TreeMap<>(validation.steps())
        .forEach((step, progress) -> steps.put(EnumWords.of(step), EnumWords.of(progress)));
    JsonObject domains = new JsonObject();
    validation.domains().forEach(each -> domains.put(each.name(), EnumWords.of(each.dcv())));
    JsonObject json = new JsonObject().put("steps", steps).put("domains", domains);
    put(json, "domain", details.domain());
    put(json, "status", validation.status().map(EnumWords::of));
    put(json, "termStart", validation.term().map(ProductTerm::start));
    return put(json, "termEnd", validation.term().map(ProductTerm::end));
  }

  static JsonObject of(Event event) {
    JsonObject json =
        new JsonObject()
            .put("id", event.id())
            .put("at", event.at())
            .put("actor", event.actor())
            .put("action", event.action());
    event.order().ifPresent(number -> json.put("order", number));
    put(json, "account", event.account());
    put(json, "from", event.from().map(EnumWords::of));
    put(json, "to", event.to().map(EnumWords::of));
    return put(json, "detail", event.detail());
  }

  static JsonObject of(Certificate certificate) {
    return new JsonObject()
        .put("subject", DistinguishedName.of(certificate.subject()).text())
        .put("notBefore", certificate.notBefore())
        .put("notAfter", certificate.notAfter())
        .put("sha256", certificate.fingerprint());
  }
}
