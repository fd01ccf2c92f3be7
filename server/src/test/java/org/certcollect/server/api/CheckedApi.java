package org.certcollect.server.api;

import static io.vertx.openapi.mediatype.MediaTypePredicate.ofExactTypes;
import static java.util.stream.Collectors.toSet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.OpenAPIContractBuilder;
import io.vertx.openapi.mediatype.ContentAnalyserFactory;
import io.vertx.openapi.mediatype.MediaTypeRegistry;
import io.vertx.openapi.mediatype.impl.DefaultMediaTypeRegistration;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The admin API, whose every answer, problems included, is checked against the document by
 * vertx-openapi. That also holds the document to OpenAPI 3.1.
 */
final class CheckedApi implements AutoCloseable {
  private final Set<String> called = ConcurrentHashMap.newKeySet();
  private final Vertx vertx = Vertx.vertx();
  private final ApiCaller caller;
  private final OpenAPIContract contract;
  private final ResponseValidator validator;

  CheckedApi(ApiCaller caller) {
    this.caller = caller;
    JsonObject document = new JsonObject(Buffer.buffer(ApiDocument.load().bytes()));
    contract =
        get(
            new OpenAPIContractBuilder(vertx)
                .setContract(document)
                .mediaTypeRegistry(
                    MediaTypeRegistry.createDefault()
                        .register(
                            new DefaultMediaTypeRegistration(
                                ofExactTypes("application/problem+json"),
                                ContentAnalyserFactory.json()))
                        .register(
                            new DefaultMediaTypeRegistration(
                                ofExactTypes(ApiRequest.PEM, ApiRequest.PEM_FILE),
                                ContentAnalyserFactory.noop())))
                .build());
    validator = ResponseValidator.create(vertx, contract);
  }

  private static <T> T get(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** The ids of the operations that were called. */
  Set<String> called() {
    return Set.copyOf(called);
  }

  /** The ids of the operations of the document. */
  Set<String> operations() {
    return contract.operations().stream().map(one -> one.getOperationId()).collect(toSet());
  }

  HttpResponse<String> checked(String operation, HttpResponse<String> response) {
    called.add(operation);
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    if (type.endsWith("json")) {
      get(
          validator.validate(
              ValidatableResponse.create(
                  response.statusCode(), Buffer.buffer(response.body()), type),
              operation));
    }
    return response;
  }

  HttpResponse<String> post(String operation, String path, Object body) throws IOException {
    return checked(operation, caller.post(path, body.toString()));
  }

  JsonObject done(String operation, String path, Object body) throws IOException {
    return ApiCaller.json(post(operation, path, body), 200);
  }

  JsonObject read(String operation, String path) throws IOException {
    return ApiCaller.json(checked(operation, caller.get(path)), 200);
  }

  @Override
  public void close() {
    get(vertx.close());
  }
}
