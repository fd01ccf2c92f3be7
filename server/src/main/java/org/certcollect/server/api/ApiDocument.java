package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.certcollect.admin.PrintableText;
import org.certcollect.store.ApiCredential.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document, which is the table of operations at the same time: paths, scopes and the
 * schemas that requests are checked against are read from it. Safe for use by many threads.
 */
final class ApiDocument {
  private static final String URI = "https://certcollect.invalid/openapi.json";
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(10)
                  .maxTokenCount(20_000)
                  .maxNumberLength(30)
                  .maxNameLength(200)
                  .build())
          .build();

  /** The validator's errors that only lead to others. */
  private static final Set<String> OUTER = Set.of("$ref", "anyOf", "items", "properties");

  /** The validator's words and ours, which repeat no value. */
  private static final Map<String, String> WORDS =
      Map.of(
          "Instance does not have required property (.*)", "lacks $1",
          "(?s)Property .* additional properties schema", "is unknown",
          "Instance type (.*) is invalid. Expected (.*)", "must be of the type $2, not $1",
          "Instance does not match any of (.*)", "must be one of $1",
          ".* is (less|greater) than (.*)", "must not be $1 than $2",
          ".* too (short|long|few|many) .* (\\d+)\\)", "too $1: the limit is $2",
          "String does not match (.*)", "does not match its $1");

  private final byte[] bytes;
  private final JsonObject root;
  private @Nullable SchemaRepository schemas;

  /**
   * An operation of the document.
   *
   * @param path the path, with parameters in braces
   * @param query the schemas of the parameters in the query, by name
   * @param body the schema of a body in JSON; empty if there is none
   * @param isPem whether the body may be PEM
   */
  record Operation(
      String id,
      String method,
      String path,
      Optional<Scope> scope,
      Map<String, JsonObject> query,
      Optional<JsonObject> body,
      boolean isPem) {

    /** Whether it is one of the page for operators, which the document does not have. */
    boolean isPage() {
      return path.equals(OperatorPage.PATH);
    }
  }

  private ApiDocument(byte[] bytes) {
    this.bytes = bytes;
    // Schemas are checked outside of the document, too, so their references must be absolute.
    root = new JsonObject(new String(bytes, UTF_8).replace("\"#/", '"' + URI + "#/"));
  }

  /** The schemas, which the first request pays for and not the start. */
  private synchronized SchemaRepository schemas() {
    SchemaRepository known = schemas;
    if (known == null) {
      known =
          SchemaRepository.create(
                  new JsonSchemaOptions()
                      .setBaseUri(URI)
                      .setDraft(Draft.DRAFT202012)
                      .setOutputFormat(OutputFormat.Basic))
              .dereference(JsonSchema.of(root.copy()));
      schemas = known;
    }
    return known;
  }

  static ApiDocument load() {
    try (InputStream in = ApiDocument.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is not in the jar");
      }
      return new ApiDocument(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    return bytes.clone();
  }

  List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    root.getJsonObject("paths")
        .forEach(
            path ->
                ((JsonObject) path.getValue())
                    .forEach(
                        method ->
                            all.add(
                                operation(
                                    path.getKey(),
                                    method.getKey(),
                                    (JsonObject) method.getValue()))));
    return all;
  }

  private Operation operation(String path, String method, JsonObject told) {
    Map<String, JsonObject> query = new HashMap<>();
    for (Object each : told.getJsonArray("parameters", new JsonArray())) {
      JsonObject parameter = resolved((JsonObject) each);
      if (parameter.getString("in").equals("query")) {
        query.put(parameter.getString("name"), parameter.getJsonObject("schema"));
      }
    }
    JsonObject contents =
        told.getJsonObject("requestBody", new JsonObject())
            .getJsonObject("content", new JsonObject());
    JsonArray security = told.getJsonArray("security");
    return new Operation(
        told.getString("operationId"),
        method.toUpperCase(Locale.ROOT),
        path,
        security.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Scope.valueOf(
                    security
                        .getJsonObject(0)
                        .getJsonArray("token")
                        .getString(0)
                        .toUpperCase(Locale.ROOT))),
        query,
        Optional.ofNullable(contents.getJsonObject("application/json"))
            .map(json -> json.getJsonObject("schema")),
        contents.containsKey(ApiRequest.PEM));
  }

  private JsonObject resolved(JsonObject parameter) {
    String ref = parameter.getString("$ref");
    return ref == null
        ? parameter
        : root.getJsonObject("components")
            .getJsonObject("parameters")
            .getJsonObject(ref.substring(ref.lastIndexOf('/') + 1));
  }

  /** Reads the JSON object that a body is. A problem names the place, but quotes no value. */
  static JsonObject read(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw invalid("the body is not a JSON object");
      }
      JsonObject object = new JsonObject(JacksonCodec.parseObject(parser));
      if (parser.nextToken() != null) {
        throw invalid("something follows the JSON object");
      }
      return object;
    } catch (JsonProcessingException e) {
      String problem =
          String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")
              ? "the body has a member twice"
              : "the body is not JSON, or it is too deep, or has too many or too long parts";
      throw invalid(
          problem
              + (e.getLocation() == null
                  ? ""
                  : ": see line %s, column %s"
                      .formatted(
                          Integer.toString(e.getLocation().getLineNr()),
                          Integer.toString(e.getLocation().getColumnNr()))));
    } catch (IOException e) {
      throw invalid("the body is not JSON in UTF-8");
    }
  }

  private static ApiProblem invalid(String detail) {
    return new ApiProblem(400, "invalid-json", detail);
  }

  /** Checks a value against a schema of the document. The problem names each place once. */
  void check(JsonObject schema, JsonObject value) {
    JsonObject wanted = schema.copy();
    wanted.remove("__absolute_uri__");
    OutputUnit result = schemas().validator(JsonSchema.of(wanted)).validate(value);
    if (Boolean.TRUE.equals(result.getValid())) {
      return;
    }
    JsonArray errors = new JsonArray();
    Set<String> invalid = new HashSet<>();
    for (OutputUnit error : result.getErrors()) {
      String place = error.getInstanceLocation();
      String keyword = error.getKeywordLocation().replaceFirst(".*/", "");
      if (keyword.equals("properties")) {
        invalid.add(place);
      }
      // The validator takes an invalid property for an additional one as well.
      boolean isTold = keyword.equals("additionalProperties") && invalid.contains(place);
      String detail = PrintableText.of(words(String.valueOf(error.getError())));
      if (error.getKeywordLocation().matches(".*/anyOf/[1-9][0-9]*/required")) {
        JsonObject first = errors.getJsonObject(errors.size() - 1);
        first.put("detail", first.getString("detail") + detail.replaceFirst("lacks", " or"));
      } else if (!isTold && !OUTER.contains(keyword)) {
        errors.add(new JsonObject().put("pointer", PrintableText.of(place)).put("detail", detail));
      }
    }
    throw new ApiProblem(
            400, "invalid-request", "the request is not as the OpenAPI document describes it")
        .with("errors", errors);
  }

  private static String words(String told) {
    return WORDS.entrySet().stream()
        .filter(each -> told.matches(each.getKey()))
        .map(each -> told.replaceFirst(each.getKey(), each.getValue()))
        .findAny()
        .orElse(told);
  }
}
