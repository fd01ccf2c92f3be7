package org.certcollect.server.collect;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.OrderDetails;
import org.certcollect.protocol.OrderDetails.CertificateStatus;
import org.certcollect.protocol.OrderDetails.CheckProgress;
import org.certcollect.protocol.OrderDetails.DomainDetails;
import org.certcollect.protocol.OrderDetails.ValidationCheck;
import org.certcollect.protocol.OrderDetails.ValidationStatus;
import org.certcollect.protocol.OrderNumber;
import org.certcollect.store.Collects.OrderStatus;
import org.certcollect.store.Collects.ValidationDetails;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.StepProgress;
import org.certcollect.store.domain.OrderValidation.ValidationState;

/** The mapping of an order's details from the store to the protocol. */
final class DetailsMapping {
  private DetailsMapping() {}

  /**
   * The details of an order that is being processed or issued.
   *
   * @param found its validation, with all defaults
   */
  static OrderDetails of(OrderStatus order, ValidationDetails found, Instant now) {
    OrderValidation validation = found.validation();
    ValidationState state = validation.status().orElse(ValidationState.AWAITING_VALIDATION);
    Map<ValidationCheck, CheckProgress> checks = new EnumMap<>(ValidationCheck.class);
    validation
        .steps()
        .forEach(
            (step, progress) -> {
              if (progress != StepProgress.NOT_REQUIRED) {
                checks.put(ValidationCheck.valueOf(step.name()), of(progress));
              }
            });
    return new OrderDetails(
        new OrderNumber(order.number()),
        found.domain(),
        certificate(order, state, now),
        ValidationStatus.valueOf(state.name()),
        checks,
        validation.domains().stream().map(d -> new DomainDetails(d.name(), of(d.dcv()))).toList(),
        validation.term().map(term -> new Period(term.start(), term.end())));
  }

  private static CertificateStatus certificate(
      OrderStatus order, ValidationState state, Instant now) {
    if (order.state() != OrderState.ISSUED) {
      return state == ValidationState.VALIDATED
          ? CertificateStatus.PROCESSING
          : CertificateStatus.AWAITING_VALIDATION;
    }
    if (order.replaced()) {
      return CertificateStatus.REPLACED;
    }
    return order.certificate().filter(made -> made.notAfter().isBefore(now)).isPresent()
        ? CertificateStatus.EXPIRED
        : CertificateStatus.ISSUED;
  }

  /** The progress of a step that is required, or of a domain. */
  private static CheckProgress of(StepProgress progress) {
    return switch (progress) {
      case NOT_REQUIRED -> throw new IllegalArgumentException("it has no name in the protocol");
      case NOT_COMPLETED -> CheckProgress.NOT_COMPLETED;
      case IN_PROGRESS -> CheckProgress.IN_PROGRESS;
      case COMPLETED -> CheckProgress.COMPLETED;
    };
  }
}
