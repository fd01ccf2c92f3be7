package org.certcollect.protocol.v122;

import java.util.LinkedHashMap;
import java.util.Map;
import org.certcollect.protocol.OrderDetails;
import org.certcollect.protocol.OrderDetails.CertificateStatus;
import org.certcollect.protocol.OrderDetails.CheckProgress;
import org.certcollect.protocol.OrderDetails.DomainDetails;
import org.certcollect.protocol.OrderDetails.ValidationCheck;
import org.certcollect.protocol.OrderDetails.ValidationStatus;
import org.jspecify.annotations.Nullable;

/**
 * The words and numbers for the details of an order. None contains "validated" unless it means just
 * that, because clients search for the word in any case.
 */
final class Texts122 {
  private static final int NOT_REQUIRED = -1;

  private Texts122() {}

  static String of(CertificateStatus status) {
    return switch (status) {
      case AWAITING_VALIDATION -> "Awaiting Validation";
      case PROCESSING -> "Processing";
      case ISSUED -> "Issued";
      case REPLACED -> "Replaced";
      case EXPIRED -> "Expired";
      case REVOKED -> "Revoked";
      case REJECTED -> "Rejected";
    };
  }

  static String of(ValidationStatus status) {
    return switch (status) {
      case AWAITING_VALIDATION -> "Awaiting Validation";
      case AWAITING_BRAND_VALIDATION -> "Awaiting Brand Validation";
      case VALIDATED -> "Validated";
    };
  }

  static String statusOf(DomainDetails domain) {
    return of(
        domain.dcv() == CheckProgress.COMPLETED
            ? ValidationStatus.VALIDATED
            : ValidationStatus.AWAITING_VALIDATION);
  }

  /** The numbers of the checks under their keys, in the table's order. */
  static Map<String, Integer> checks(OrderDetails details) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (ValidationCheck check : ValidationCheck.values()) {
      @Nullable CheckProgress progress = details.checks().get(check);
      if (progress != null) {
        numbers.put(key(check), number(progress));
      } else if (!isLeftOut(check)) {
        numbers.put(key(check), NOT_REQUIRED);
      }
    }
    return numbers;
  }

  private static String key(ValidationCheck check) {
    return switch (check) {
      case CSR -> "csrStatus";
      case DCV -> "dcvStatus";
      case OV_CALLBACK -> "ovCallBackStatus";
      case ORGANIZATION -> "organizationValidationStatus";
      case FREE_DVUP -> "freeDVUPStatus";
      case EV_CLICK_THROUGH -> "evClickThroughStatus";
      case BRAND -> "brandValStatus";
      case CAA -> "caaStatus";
    };
  }

  /** Whether the live service leaves a check out if the order does not need it. */
  private static boolean isLeftOut(ValidationCheck check) {
    return switch (check) {
      case CSR, DCV, OV_CALLBACK, ORGANIZATION, FREE_DVUP -> false;
      case EV_CLICK_THROUGH, BRAND, CAA -> true;
    };
  }

  private static int number(CheckProgress progress) {
    return switch (progress) {
      case NOT_COMPLETED -> 0;
      case COMPLETED -> 1;
      case IN_PROGRESS -> 2;
    };
  }
}
