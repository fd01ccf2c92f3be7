package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.certcollect.admin.OrderAdministration.Prepared;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.CertificateReader;
import org.certcollect.store.x509.Issuing;
import org.certcollect.store.x509.ParsedCertificate;
import org.certcollect.store.x509.SearchTerms;
import org.certcollect.store.x509.UnknownAlgorithms;

/**
 * The operations that bring certificates: issuing, for one order or many, and those of CAs. Safe
 * for use by many threads.
 */
record CertificateOperations(
    Store store, Clock clock, RepeatableWrites writes, OrderOperations orders)
    implements ApiOperations {
  private static final int MAX_ALIKE = 10;

  @Override
  public Map<String, Function<ApiRequest, Response>> direct() {
    return Map.of("issueMany", this::issueMany, "listCa", this::listCa);
  }

  @Override
  public Map<String, Change> changes() {
    return Map.of(
        "issueOrder",
        request -> issue(request, Optional.of(request.order())),
        "issue",
        request -> issue(request, Optional.empty()),
        "addCa",
        CertificateOperations::addCa,
        "removeCa",
        request ->
            whole -> {
              String sha256 = request.parameter("sha256").toLowerCase(Locale.ROOT);
              whole.caCertificates().remove(sha256, request.actor());
              return new JsonObject().put("sha256", sha256);
            });
  }

  /** Issues each certificate on its own, so that one that is refused stops no other. */
  private Response issueMany(ApiRequest request) {
    JsonArray results = new JsonArray();
    int part = 0;
    for (Object each : request.body().getJsonArray("items")) {
      ApiRequest item = request.with((JsonObject) each);
      JsonObject result = new JsonObject();
      try {
        Response response =
            writes.once(item, Integer.toString(part++), wanted -> issue(wanted, Optional.empty()));
        result.put("status", 200).put("result", new JsonObject(new String(response.body(), UTF_8)));
      } catch (RuntimeException e) {
        ApiProblem problem = ApiRoutes.problem(e, item);
        result.put("status", problem.status()).put("problem", problem.json());
      }
      results.add(result);
    }
    return ApiViews.response(new JsonObject().put("results", results));
  }

  private Function<Store, JsonObject> issue(ApiRequest request, Optional<Long> wanted) {
    Prepared prepared =
        orders
            .orders(request, store)
            .prepare(
                read(request.pem(), request, "certificate"),
                read(Optional.empty(), request, "chain"),
                UnknownAlgorithms.REFUSE,
                clock);
    Optional<Long> number =
        wanted
            .or(() -> Optional.ofNullable(request.body().getLong("order")))
            .or(() -> Optional.ofNullable(request.query().getLong("order")));
    return whole -> {
      long waiting = number.orElseGet(() -> waiting(request, whole, prepared));
      return ApiViews.of(orders.orders(request, whole).issue(waiting, prepared))
          .put("certificates", ApiViews.array(RecordFields.of(prepared.chain()), ApiViews::of))
          .put("warnings", new JsonArray(List.copyOf(prepared.warnings())));
    };
  }

  /**
   * The order that a certificate is for: one that is served with it already, so that a hook may run
   * twice, or the one that waits, with a name or with the certificate's key.
   */
  private static long waiting(ApiRequest request, Store whole, Prepared prepared) {
    Optional<String> domain =
        request.text("domain").or(() -> Optional.ofNullable(request.query().getString("domain")));
    Certificate certificate = prepared.chain().endEntity();
    List<Order> holders = holders(whole, certificate, domain);
    if (!holders.isEmpty()) {
      return holders.stream()
          .filter(order -> isServedWith(whole, order, certificate))
          .findFirst()
          .map(Order::number)
          .orElseThrow(
              () ->
                  new ApiProblem(
                      404,
                      "no-waiting-order",
                      "order "
                          + holders.get(0).number()
                          + " has or had this certificate: name the order that it is for by its"
                          + " number"));
    }
    List<Order> found =
        domain.isPresent()
            ? whole.orders().waitingForDomain(domain.get())
            : whole.orders().waitingForKey(certificate.publicKey());
    String what = domain.isPresent() ? "this domain" : "the key of this certificate";
    if (found.isEmpty()) {
      throw new ApiProblem(
          404, "no-waiting-order", "no order waits for a certificate with a request for " + what);
    }
    if (found.size() > 1) {
      throw new ApiProblem(409, "ambiguous-order", "several orders wait with a request for " + what)
          .with("candidates", ApiViews.array(found, Order::number));
    }
    return found.get(0).number();
  }

  /** The orders, with a name if one is asked for, that have or had a certificate. */
  private static List<Order> holders(
      Store whole, Certificate certificate, Optional<String> domain) {
    List<String> terms = new ArrayList<>();
    SearchTerms.sha256(certificate.fingerprint()).ifPresent(terms::add);
    if (domain.isPresent()) {
      Optional<String> name = SearchTerms.domain(domain.get());
      if (name.isEmpty()) {
        return List.of();
      }
      terms.add(name.get());
    }
    return whole.orders().list(OrderFilter.first(MAX_ALIKE).withTerms(terms));
  }

  private static boolean isServedWith(Store whole, Order order, Certificate certificate) {
    return order.state() == OrderState.ISSUED
        && order.reissueSince().isEmpty()
        && order
            .certificate()
            .map(issued -> whole.collects().chain(issued).endEntity().fingerprint())
            .equals(Optional.of(certificate.fingerprint()));
  }

  private static List<ParsedCertificate> read(
      Optional<byte[]> pem, ApiRequest request, String name) {
    return pem.or(() -> request.text(name).map(text -> text.getBytes(UTF_8)))
        .map(bytes -> CertificateReader.read(bytes, name))
        .orElse(List.of());
  }

  private Response listCa(ApiRequest request) {
    return ApiViews.response(
        new JsonObject()
            .put("certificates", ApiViews.array(store.caCertificates().list(), ApiViews::of)));
  }

  private static Function<Store, JsonObject> addCa(ApiRequest request) {
    List<ParsedCertificate> given = read(request.pem(), request, "certificates");
    for (ParsedCertificate read : given) {
      if (!Issuing.isCa(read)) {
        throw new RefusedException(
            RefusedException.Reason.BAD_CERTIFICATE,
            read.subject().text() + " is not a CA certificate; nothing was added");
      }
    }
    return whole -> {
      JsonArray added = new JsonArray();
      for (ParsedCertificate read : given) {
        boolean isNew = whole.caCertificates().add(read.stored(), request.actor());
        added.add(ApiViews.of(read.stored()).put("new", isNew));
      }
      return new JsonObject().put("certificates", added);
    };
  }
}
