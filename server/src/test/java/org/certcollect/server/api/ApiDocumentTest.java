package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document, and how strictly bodies are read. */
class ApiDocumentTest {
  private static final ApiDocument DOCUMENT = ApiDocument.load();

  private static List<String> errors(String operation, JsonObject body) {
    JsonObject schema =
        DOCUMENT.operations().stream()
            .filter(each -> each.id().equals(operation))
            .findFirst()
            .orElseThrow()
            .body()
            .orElseThrow();
    ApiProblem problem = catchThrowableOfType(ApiProblem.class, () -> DOCUMENT.check(schema, body));
    JsonArray errors = problem == null ? new JsonArray() : problem.json().getJsonArray("errors");
    return errors.stream().map(Object::toString).toList();
  }

  @Test
  void aBodyAsTheSchemaSaysIsTaken() {
    assertThat(
            errors(
                "addAccount",
                new JsonObject().put("login", "a").put("products", new JsonArray().add("ssl"))))
        .isEmpty();
  }

  @Test
  void eachErrorNamesItsPlace() {
    JsonObject body =
        new JsonObject()
            .put("lgoin", "a")
            .put("login", 5)
            .put("products", new JsonArray().add("x"));

    assertThat(errors("addAccount", body))
        .anyMatch(error -> error.contains("lgoin"))
        .anyMatch(error -> error.contains("#/login"))
        .anyMatch(error -> error.contains("#/products/0"));
    assertThat(errors("addAccount", new JsonObject())).anyMatch(error -> error.contains("login"));
  }

  /** Broke once: the validator told an invalid value three times, and in the words of schemas. */
  @Test
  void eachErrorIsToldOnceAndInWordsOfOurs() {
    JsonObject body =
        new JsonObject()
            .put("lgoin", "a")
            .put("login", "")
            .put("products", new JsonArray().add("x").add(5))
            .put("password", "p".repeat(200));

    assertThat(errors("addAccount", body))
        .containsExactlyInAnyOrder(
            error("#/lgoin", "is unknown"),
            error("#/login", "too short: the limit is 1"),
            error("#/password", "too long: the limit is 128"),
            error("#/products/0", "must be one of [\"ssl\",\"ccc\"]"),
            error("#/products/1", "must be of the type string, not number"),
            error("#/products/1", "must be one of [\"ssl\",\"ccc\"]"));
    assertThat(errors("changePassword", new JsonObject().put("keepOldForDays", 0)))
        .containsExactly(error("#/keepOldForDays", "must not be less than 1"));
    assertThat(errors("addAccount", new JsonObject())).contains(error("#", "lacks \"login\""));
    assertThat(errors("prune", new JsonObject()))
        .containsExactly(error("#", "lacks \"eventsBefore\" or \"ordersBefore\""));
  }

  private static String error(String pointer, String detail) {
    return new JsonObject().put("pointer", pointer).put("detail", detail).encode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "[]",
        "\"a\"",
        "",
        "{\"a\":1} {}",
        "{\"a\":1",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":[[[[[[[[[[[1]]]]]]]]]]]}"
      })
  void aBodyThatIsNoStrictJsonIsRefused(String body) {
    assertThatThrownBy(() -> ApiDocument.read(body.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            ApiProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void aSecretInABrokenBodyIsNotRepeated() {
    assertThatThrownBy(() -> ApiDocument.read("{\"password\":\"hunter2\" x".getBytes(UTF_8)))
        .hasMessageNotContaining("hunter2");
    JsonObject body =
        new JsonObject().put("login", "a").put("products", new JsonArray()).put("password", 4711);
    assertThat(errors("addAccount", body)).noneMatch(error -> error.contains("4711"));
  }
}
