package org.certcollect.server.api;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.OrderAdministration;
import org.certcollect.admin.OrderAdministration.Draft;
import org.certcollect.admin.Pem;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Event;
import org.certcollect.store.Events.EventFilter;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.Retention.Counts;
import org.certcollect.store.Retention.Rule;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.x509.VerifiedChain;

/** The operations on one order, and the list of orders. Safe for use by many threads. */
record OrderOperations(Store store, Clock clock, Supplier<CollectionCodes> codes)
    implements ApiOperations {

  @Override
  public Map<String, Function<ApiRequest, Response>> direct() {
    return Map.of(
        "listOrders", this::list,
        "showOrder", this::show,
        "getCertificate", this::certificate,
        "getRequest", this::signingRequest,
        "listEvents", this::events,
        "searchEvents", this::searchEvents,
        "prune", this::prune);
  }

  @Override
  public Map<String, Change> changes() {
    Map<String, Change> changes = new HashMap<>();
    changes.put("addOrder", this::add);
    changes.put(
        "payOrder",
        request -> whole -> ApiViews.of(whole.orders().pay(request.order(), request.actor())));
    changes.put(
        "rejectOrder",
        request ->
            whole ->
                ApiViews.of(
                    orders(request, whole).reject(request.order(), request.text("reason"))));
    changes.put(
        "revokeOrder",
        request ->
            whole ->
                ApiViews.of(
                    orders(request, whole).revoke(request.order(), request.text("reason"))));
    changes.put(
        "reissueOrder",
        request -> {
          Optional<SigningRequest> csr = request.signingRequest("csr");
          return whole -> ApiViews.of(orders(request, whole).reissue(request.order(), csr));
        });
    changes.put(
        "replaceRequest",
        request -> {
          SigningRequest csr = request.signingRequest("csr").orElseThrow();
          return whole -> ApiViews.of(orders(request, whole).setRequest(request.order(), csr));
        });
    changes.put(
        "moveOrder",
        request ->
            whole ->
                ApiViews.of(
                    orders(request, whole)
                        .move(request.order(), request.body().getString("account"))));
    changes.put(
        "cancelReissue",
        request -> whole -> ApiViews.of(orders(request, whole).cancelReissue(request.order())));
    changes.put(
        "holdOrder",
        request ->
            whole ->
                ApiViews.of(orders(request, whole).hold(request.order(), request.text("reason"))));
    changes.put(
        "releaseOrder",
        request -> whole -> ApiViews.of(orders(request, whole).release(request.order())));
    changes.put(
        "remarkOrder",
        request ->
            whole ->
                ApiViews.of(
                    orders(request, whole)
                        .setRemarks(
                            request.order(), request.text("reference"), request.text("note"))));
    changes.put(
        "changeOrderContact",
        request ->
            whole ->
                ApiViews.of(
                    whole
                        .orders()
                        .setContact(request.order(), request.contact(), request.actor())));
    changes.put(
        "changeCode",
        request -> whole -> changed(orders(request, whole).changeCode(request.order())));
    changes.put(
        "setValidation",
        request ->
            whole ->
                ApiViews.of(
                    orders(request, whole)
                        .setValidation(
                            request.order(),
                            ValidationBody.read(request.body()),
                            request.body().getBoolean("clear", false))));
    return changes;
  }

  OrderAdministration orders(ApiRequest request, Store whole) {
    return new OrderAdministration(whole, request.actor(), by -> codes(whole, by));
  }

  /** The codes that this server serves, unless the store has got another key since its start. */
  CollectionCodes codes(Store whole, Actor by) {
    CollectionCodes served = codes.get();
    CodeHash own = served.keyCheckValue();
    if (!whole.codesKey().adopt(own, by).equals(own)) {
      throw new ApiProblem(
          503,
          "codes-key",
          "the store has another key of collection codes than this server: restart the server");
    }
    return served;
  }

  private Function<Store, JsonObject> add(ApiRequest request) {
    Long number = request.body().getLong("number");
    Draft draft =
        new Draft(
            request.body().getString("account"),
            word(Product.class, request.body().getString("product")),
            number == null ? OptionalLong.empty() : OptionalLong.of(number),
            request.body().getBoolean("paid", false),
            request.signingRequest("csr"),
            request.contact().apply(MailContact.NONE));
    return whole -> changed(orders(request, whole).add(draft));
  }

  private static JsonObject changed(OrderAdministration.Changed changed) {
    JsonObject json = ApiViews.of(changed.order());
    changed.code().ifPresent(code -> json.put("code", code));
    return json;
  }

  private Response list(ApiRequest request) {
    ApiPage page = ApiPage.of(request);
    OrderFilter wanted = OrderSearch.filter(request.query(), clock.instant());
    String[] position = page.after().orElse("0").split("@", -1);
    Optional<Instant> time =
        wanted.along().isPresent() && page.after().isPresent()
            ? Optional.of(Instant.ofEpochMilli(number(position[position.length - 1])))
            : Optional.empty();
    OrderFilter filter = wanted.withAfter(number(position[0]), time).withLimit(page.limit() + 1);
    return page.response(
        "orders",
        store.orders().list(filter),
        ApiViews::of,
        order ->
            order.number()
                + filter
                    .along()
                    .flatMap(along -> along.of(order))
                    .map(there -> "@" + there.toEpochMilli())
                    .orElse(""));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ApiPage.badCursor();
    }
  }

  private Response show(ApiRequest request) {
    return ApiViews.response(
        ApiViews.of(RecordFields.whole(store, find(request), RecordFields::withSubject)));
  }

  private Response certificate(ApiRequest request) {
    Order order = find(request);
    VerifiedChain chain =
        store
            .collects()
            .chain(
                order
                    .certificate()
                    .orElseThrow(
                        () ->
                            RefusedException.ofState(
                                order.number(),
                                order.state(),
                                "order %s has no certificate"
                                    .formatted(Long.toString(order.number())))));
    store.announce(
        ChangeRecord.of(
            request.actor(),
            "certificate.read",
            order,
            "certificate "
                + order.certificate().orElseThrow().id()
                + " to "
                + request.http().source().name()));
    String pem =
        Stream.concat(Stream.of(chain.endEntity()), chain.issuers().stream())
            .map(each -> Pem.certificate(each.der()))
            .collect(Collectors.joining());
    return new Response(200, ApiRequest.PEM, pem);
  }

  private Response signingRequest(ApiRequest request) {
    SigningRequest csr =
        store
            .orders()
            .request(find(request).number())
            .orElseThrow(
                () ->
                    new ApiProblem(
                        404, "no-signing-request", "the order has no certificate signing request"));
    return new Response(200, ApiRequest.PEM_FILE, Pem.signingRequest(csr.der()));
  }

  private Response searchEvents(ApiRequest request) {
    ApiPage page = ApiPage.of(request);
    JsonObject query = request.query();
    EventFilter filter =
        new EventFilter(
            OrderSearch.instant(query, "since"),
            Optional.ofNullable(query.getString("actor")),
            query.containsKey("order")
                ? OptionalLong.of(query.getLong("order"))
                : OptionalLong.empty(),
            page.afterNumber(),
            page.limit() + 1);
    return page.response(
        "events", store.events().list(filter), ApiViews::of, event -> Long.toString(event.id()));
  }

  /** Deletes old data in many transactions; the same call does the rest of one that was stopped. */
  private Response prune(ApiRequest request) {
    RepeatableWrites.requireNoKey(request);
    JsonObject body = request.body();
    Rule rule =
        new Rule(
            OrderSearch.instant(body, "eventsBefore"),
            OrderSearch.instant(body, "ordersBefore"),
            request.text("account"));
    Instant now = clock.instant();
    if (Stream.of(rule.events(), rule.orders()).flatMap(Optional::stream).anyMatch(now::isBefore)) {
      throw new ApiProblem(422, "invalid-input", "what is not past yet cannot be deleted");
    }
    Counts counts =
        body.getBoolean("dryRun", false)
            ? store.retention().count(rule)
            : store.retention().prune(rule, request.actor(), unused -> {});
    return ApiViews.response(
        new JsonObject().put("events", counts.events()).put("orders", counts.orders()));
  }

  private Response events(ApiRequest request) {
    List<Event> events = store.events().ofOrder(find(request).number());
    return ApiViews.response(new JsonObject().put("events", ApiViews.array(events, ApiViews::of)));
  }

  private Order find(ApiRequest request) {
    return store.orders().require(request.order());
  }

  private static <E extends Enum<E>> E word(Class<E> type, String word) {
    return EnumWords.read(type, word).orElseThrow();
  }
}
