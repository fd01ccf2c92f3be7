package org.certcollect.server.api;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.admin.EnumWords;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ProductTerm;
import org.certcollect.store.domain.OrderValidation.StepProgress;
import org.certcollect.store.domain.OrderValidation.ValidatedDomain;
import org.certcollect.store.domain.OrderValidation.ValidationState;
import org.certcollect.store.domain.OrderValidation.ValidationStep;

/** A reader of the details of a validation from a body that its schema has checked. */
final class ValidationBody {
  private ValidationBody() {}

  static OrderValidation read(JsonObject body) {
    Map<ValidationStep, StepProgress> steps = new EnumMap<>(ValidationStep.class);
    body.getJsonObject("steps", new JsonObject())
        .forEach(
            step ->
                steps.put(
                    word(ValidationStep.class, step.getKey()),
                    word(StepProgress.class, step.getValue())));
    List<ValidatedDomain> domains = new ArrayList<>();
    try {
      body.getJsonObject("domains", new JsonObject())
          .forEach(
              name ->
                  domains.add(
                      new ValidatedDomain(
                          name.getKey(), word(StepProgress.class, name.getValue()))));
      return new OrderValidation(
          Optional.ofNullable(body.getString("status"))
              .map(status -> word(ValidationState.class, status)),
          steps,
          domains,
          Optional.ofNullable(body.getJsonObject("term")).map(ValidationBody::term));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new ApiProblem(422, "invalid-input", "validation: " + e.getMessage());
    }
  }

  private static ProductTerm term(JsonObject term) {
    LocalDate after = LocalDate.parse(term.getString("end")).plusDays(1);
    return new ProductTerm(
        LocalDate.parse(term.getString("start")).atStartOfDay(ZoneOffset.UTC).toInstant(),
        after.atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1));
  }

  private static <E extends Enum<E>> E word(Class<E> type, Object word) {
    return EnumWords.read(type, word.toString()).orElseThrow();
  }
}
