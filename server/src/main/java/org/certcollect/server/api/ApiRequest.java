package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.certcollect.admin.ContactChange;
import org.certcollect.server.api.ApiDocument.Operation;
import org.certcollect.server.api.ApiDoor.Caller;
import org.certcollect.server.http.Route.Request;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.x509.SigningRequestReader;

/**
 * A request to an operation, checked against the document.
 *
 * @param id the id in logs, audit records and the answer
 * @param query the parameters of the query, each as its schema says
 * @param body the body in JSON; empty if there is none
 * @param pem the body, if it is PEM
 * @param caller the caller; empty if the operation is open to everyone
 */
record ApiRequest(
    String id,
    Operation operation,
    Request http,
    JsonObject query,
    JsonObject body,
    Optional<byte[]> pem,
    Optional<Caller> caller) {
  /** The media type of certificates in PEM (RFC 8555, section 9.1). */
  static final String PEM = "application/pem-certificate-chain";

  /** The media type of another file in PEM, which has no registered one. */
  static final String PEM_FILE = "application/x-pem-file";

  Actor actor() {
    return new Actor(caller.orElseThrow().actor(), Optional.of(id));
  }

  String parameter(String name) {
    return String.valueOf(http.parameters().get(name));
  }

  /** The number of the order in the path. */
  long order() {
    String number = parameter("number");
    try {
      if (number.matches("[0-9]{1,19}")) {
        return Long.parseLong(number);
      }
    } catch (NumberFormatException e) {
      // It is larger than any order's.
    }
    throw new ApiProblem(404, "unknown-order", "an order number is from 1 to 2^63-1");
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(body.getString(name));
  }

  /** The change of address, language and opt-out for e-mails, as far as the body tells. */
  ContactChange contact() {
    return new ContactChange(
        text("email"), text("language"), Optional.ofNullable(body.getBoolean("noMail")));
  }

  /** The signing request in PEM that the body has. */
  Optional<SigningRequest> signingRequest(String name) {
    return text(name).map(csr -> SigningRequestReader.read(csr.getBytes(UTF_8), name));
  }

  /** The same request with its caller. */
  ApiRequest with(Caller known) {
    return new ApiRequest(id, operation, http, query, body, pem, Optional.of(known));
  }

  /** The same request with another body. */
  ApiRequest with(JsonObject item) {
    return new ApiRequest(id, operation, http, query, item, Optional.empty(), caller);
  }
}
