package org.certcollect.server.api;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.certcollect.server.api.ApiDocument.Operation;
import org.certcollect.server.http.Route.Request;
import org.jspecify.annotations.Nullable;

/** The check of requests against the document of the admin API. */
record RequestCheck(ApiDocument document) {
  /** The request with its parameters and its body, or throws the problem. */
  ApiRequest checked(ApiRequest request) {
    Operation operation = request.operation();
    operation.scope().ifPresent(scope -> request.caller().orElseThrow().require(scope));
    JsonObject query = query(operation, request.http());
    byte[] bytes = operation.method().equals("GET") ? new byte[0] : request.http().body().get();
    String type =
        request
            .http()
            .contentType()
            .orElse("")
            .replaceFirst(";.*", "")
            .strip()
            .toLowerCase(Locale.ROOT);
    Optional<byte[]> pem =
        operation.isPem() && type.equals(ApiRequest.PEM) ? Optional.of(bytes) : Optional.empty();
    JsonObject body = ApiRoutes.NONE;
    if (pem.isEmpty() && operation.body().isPresent()) {
      if (bytes.length > 0 && !type.equals("application/json")) {
        throw new ApiProblem(
            415,
            "unsupported-media-type",
            "the Content-Type must be application/json"
                + (operation.isPem() ? " or " + ApiRequest.PEM : ""));
      }
      body = bytes.length == 0 ? new JsonObject() : ApiDocument.read(bytes);
      document.check(operation.body().get(), body);
    } else if (pem.isEmpty() && bytes.length > 0) {
      throw new ApiProblem(400, "unexpected-body", "this operation takes no body");
    }
    return new ApiRequest(
        request.id(), operation, request.http(), query, body, pem, request.caller());
  }

  private static Map<String, List<String>> parameters(Request http) {
    try {
      return new QueryStringDecoder("?" + http.query().orElse("")).parameters();
    } catch (IllegalArgumentException e) {
      throw new ApiProblem(400, "invalid-request", "the query string is not URL-encoded");
    }
  }

  /** The parameters of the query, checked against their schemas. */
  private JsonObject query(Operation operation, Request http) {
    JsonObject values = new JsonObject();
    JsonObject properties = new JsonObject();
    operation.query().forEach(properties::put);
    parameters(http)
        .forEach(
            (name, given) -> {
              JsonObject schema = operation.query().getOrDefault(name, ApiRoutes.NONE);
              if (given.size() > 1) {
                values.put(name, new JsonArray(List.copyOf(given)));
              } else {
                values.put(name, value(schema.getString("type"), given.get(0)));
              }
            });
    document.check(
        new JsonObject()
            .put("type", "object")
            .put("properties", properties)
            .put("additionalProperties", false),
        values);
    return values;
  }

  /** A parameter as its schema says; the text itself if it is not of that type. */
  private static Object value(@Nullable String type, String given) {
    if ("integer".equals(type) && given.matches("[0-9]{1,18}")) {
      return Long.valueOf(given);
    }
    return "boolean".equals(type) && given.matches("true|false") ? Boolean.valueOf(given) : given;
  }
}
