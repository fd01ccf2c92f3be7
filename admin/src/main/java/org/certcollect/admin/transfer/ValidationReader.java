package org.certcollect.admin.transfer;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.transfer.Format.Name;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ProductTerm;
import org.certcollect.store.domain.OrderValidation.StepProgress;
import org.certcollect.store.domain.OrderValidation.ValidatedDomain;
import org.certcollect.store.domain.OrderValidation.ValidationState;
import org.certcollect.store.domain.OrderValidation.ValidationStep;

/** Reads the details of an order's validation. */
final class ValidationReader {
  private ValidationReader() {}

  static OrderValidation read(JsonObject object) {
    try {
      OrderValidation validation =
          new OrderValidation(
              object
                  .optionalText(Name.STATUS)
                  .map(text -> OrderReader.word(ValidationState.class, Name.STATUS, text)),
              object.object(Name.STEPS).map(ValidationReader::steps).orElse(Map.of()),
              object.objects(Name.DOMAINS).orElse(List.of()).stream()
                  .map(ValidationReader::domain)
                  .toList(),
              object.object(Name.TERM).map(ValidationReader::term));
      object.end();
      return validation;
    } catch (IllegalArgumentException e) {
      throw new InvalidRecordException("validation: " + e.getMessage());
    }
  }

  private static Map<ValidationStep, StepProgress> steps(JsonObject object) {
    Map<ValidationStep, StepProgress> steps = new EnumMap<>(ValidationStep.class);
    for (ValidationStep step : ValidationStep.values()) {
      String name = EnumWords.of(step);
      Optional<String> progress = object.optionalText(name);
      progress.ifPresent(text -> steps.put(step, progress(name, text)));
    }
    object.end();
    return steps;
  }

  private static ValidatedDomain domain(JsonObject object) {
    ValidatedDomain domain =
        new ValidatedDomain(object.text(Name.NAME), progress(Name.DCV, object.text(Name.DCV)));
    object.end();
    return domain;
  }

  private static ProductTerm term(JsonObject object) {
    ProductTerm term = new ProductTerm(object.timestamp(Name.START), object.timestamp(Name.END));
    object.end();
    return term;
  }

  private static StepProgress progress(String name, String text) {
    return OrderReader.word(StepProgress.class, name, text);
  }
}
