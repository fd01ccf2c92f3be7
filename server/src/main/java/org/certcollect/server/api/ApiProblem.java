package org.certcollect.server.api;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.certcollect.admin.AdminException;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.audit.AuditException;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.StoreUnavailableException;

/** The exception for a request that is not done, answered by a problem (RFC 9457). */
final class ApiProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The types of problems are tag URIs (RFC 4151), which docs/admin-api.md lists. */
  private static final String TYPE = "tag:certcollect.org,2026:problem/";

  private final int status;
  private final String name;
  private final transient JsonObject members = new JsonObject();
  private final transient Map<String, String> fields;

  ApiProblem(int status, String name, String detail) {
    this(status, name, detail, Map.of());
  }

  /** Creates a problem whose response has further header fields. */
  ApiProblem(int status, String name, String detail, Map<String, String> fields) {
    super(detail);
    this.status = status;
    this.name = name;
    this.fields = fields;
  }

  /** The problem that a failure is. One of the server itself does not say what happened. */
  static ApiProblem of(Throwable failure) {
    if (failure instanceof ApiProblem problem) {
      return problem;
    }
    String detail = String.valueOf(failure.getMessage());
    if (failure instanceof RefusedException refused) {
      ApiProblem problem = new ApiProblem(status(refused), EnumWords.of(refused.reason()), detail);
      refused.login().ifPresent(login -> problem.with("login", login));
      refused.order().ifPresent(number -> problem.with("order", number));
      refused.state().ifPresent(state -> problem.with("state", EnumWords.of(state)));
      return problem;
    }
    if (failure instanceof StoreUnavailableException) {
      return storeUnavailable();
    }
    if (failure instanceof AuditException) {
      return new ApiProblem(
          503, "audit-unavailable", "the audit log cannot be written, so nothing is done");
    }
    if (failure instanceof AdminException) {
      return new ApiProblem(422, "invalid-input", detail);
    }
    return new ApiProblem(500, "internal-error", "an internal error, which the log describes");
  }

  /** The problem of a store that does not answer, which tells strangers of no database. */
  static ApiProblem storeUnavailable() {
    return new ApiProblem(
        503, "store-unavailable", "the store does not answer; the server's log tells why");
  }

  private static int status(RefusedException refused) {
    return switch (refused.reason()) {
      case UNKNOWN_ACCOUNT,
          UNKNOWN_ORDER,
          UNKNOWN_CREDENTIAL,
          UNKNOWN_CA_CERTIFICATE,
          UNKNOWN_MAIL,
          UNKNOWN_PUSH ->
          404;
      case ACCOUNT_EXISTS,
          ORDER_EXISTS,
          CODE_EXISTS,
          CREDENTIAL_EXISTS,
          CA_CERTIFICATE_IN_USE,
          FORBIDDEN_TRANSITION ->
          409;
      default -> 422;
    };
  }

  ApiProblem with(String member, Object value) {
    members.put(member, value);
    return this;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  String name() {
    return name;
  }

  int status() {
    return status;
  }

  /** The further header fields of the response. */
  Map<String, String> fields() {
    return fields;
  }

  JsonObject json() {
    return new JsonObject()
        .put("type", TYPE + name)
        .put("title", name.replace('-', ' '))
        .put("status", status)
        .put("detail", getMessage())
        .mergeIn(members);
  }

  /** The response to the request with an id. */
  Response response(String id) {
    byte[] body = json().put("request", id).toBuffer().getBytes();
    return new Response(status, "application/problem+json", fields, body).with("Request-Id", id);
  }
}
