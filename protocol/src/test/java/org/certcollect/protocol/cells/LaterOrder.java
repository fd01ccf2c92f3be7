package org.certcollect.protocol.cells;

import static org.certcollect.protocol.OrderDetails.CertificateStatus.AWAITING_VALIDATION;
import static org.certcollect.protocol.OrderDetails.CertificateStatus.ISSUED;
import static org.certcollect.protocol.OrderDetails.CertificateStatus.PROCESSING;
import static org.certcollect.protocol.OrderDetails.CertificateStatus.REPLACED;
import static org.certcollect.protocol.OrderDetails.CheckProgress.COMPLETED;
import static org.certcollect.protocol.OrderDetails.CheckProgress.IN_PROGRESS;
import static org.certcollect.protocol.OrderDetails.CheckProgress.NOT_COMPLETED;
import static org.certcollect.protocol.OrderDetails.ValidationCheck.BRAND;
import static org.certcollect.protocol.OrderDetails.ValidationCheck.CAA;
import static org.certcollect.protocol.OrderDetails.ValidationCheck.CSR;
import static org.certcollect.protocol.OrderDetails.ValidationCheck.DCV;
import static org.certcollect.protocol.OrderDetails.ValidationCheck.EV_CLICK_THROUGH;
import static org.certcollect.protocol.OrderDetails.ValidationCheck.ORGANIZATION;
import static org.certcollect.protocol.OrderDetails.ValidationCheck.OV_CALLBACK;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.OrderDetails.CertificateStatus;
import org.certcollect.protocol.OrderDetails.CheckProgress;
import org.certcollect.protocol.OrderDetails.DomainDetails;
import org.certcollect.protocol.OrderDetails.ValidationCheck;
import org.certcollect.protocol.OrderDetails.ValidationStatus;

/**
 * An order for a server certificate that {@link TestAccount#RESELLER} owns, with what the later
 * dialect tells of it.
 */
public enum LaterOrder {
  SIMPLE(60, ISSUED, ValidationStatus.VALIDATED, "chain-3"),
  ALONE(61, ISSUED, ValidationStatus.VALIDATED, "chain-1"),
  WITHOUT_NAME(62, ISSUED, ValidationStatus.VALIDATED, "no-dns-name"),
  EXPIRED(63, CertificateStatus.EXPIRED, ValidationStatus.VALIDATED, "expired"),
  PENDING(64, AWAITING_VALIDATION, ValidationStatus.AWAITING_VALIDATION, ""),
  BRANDED(65, AWAITING_VALIDATION, ValidationStatus.AWAITING_BRAND_VALIDATION, ""),
  IN_THE_MAKING(66, PROCESSING, ValidationStatus.VALIDATED, ""),
  SEVERAL_NAMES(67, AWAITING_VALIDATION, ValidationStatus.AWAITING_VALIDATION, ""),
  EXTENDED(68, ISSUED, ValidationStatus.VALIDATED, "chain-3"),
  /** Its first certificate is replaced. */
  REISSUED(69, ISSUED, ValidationStatus.VALIDATED, "chain-2 chain-3"),
  /** The request for its second certificate is being processed. */
  IN_REISSUE(70, PROCESSING, ValidationStatus.VALIDATED, "chain-3");

  private final int number;
  private final CertificateStatus status;
  private final ValidationStatus validation;
  private final String chains;

  LaterOrder(int number, CertificateStatus status, ValidationStatus validation, String chains) {
    this.number = number;
    this.status = status;
    this.validation = validation;
    this.chains = chains;
  }

  /** The order's number, which is its base order number too. */
  public long orderNumber() {
    return 1236000L + number;
  }

  /** The id of one of its certificates. */
  public long certificateId(int index) {
    return 7_700_000 + number * 10L + index;
  }

  /** The fixtures that were issued for it, the oldest first. */
  public List<String> chains() {
    return chains.isEmpty() ? List.of() : List.of(chains.split(" "));
  }

  /** Whether its newest request is answered by a certificate. */
  public boolean isIssued() {
    return !chains.isEmpty() && this != IN_REISSUE;
  }

  /** The name that was asked for. */
  public Optional<String> fqdn() {
    return switch (this) {
      case WITHOUT_NAME -> Optional.empty();
      case ALONE -> Optional.of("selfsigned.example.com");
      case EXPIRED -> Optional.of("old.example.com");
      default -> Optional.of("www.example.com");
    };
  }

  /** The status of its newest request. */
  public CertificateStatus status() {
    return status;
  }

  /** The status of one of its certificates. */
  public CertificateStatus status(int index) {
    return index < chains().size() - 1 ? REPLACED : isIssued() ? status : ISSUED;
  }

  public ValidationStatus validation() {
    return validation;
  }

  public Map<ValidationCheck, CheckProgress> checks() {
    return switch (this) {
      case PENDING, SEVERAL_NAMES -> Map.of(CSR, COMPLETED, DCV, NOT_COMPLETED);
      case BRANDED ->
          Map.of(CSR, COMPLETED, DCV, COMPLETED, ORGANIZATION, IN_PROGRESS, BRAND, NOT_COMPLETED);
      case EXTENDED ->
          Map.of(
              CSR,
              COMPLETED,
              DCV,
              COMPLETED,
              OV_CALLBACK,
              COMPLETED,
              ORGANIZATION,
              COMPLETED,
              EV_CLICK_THROUGH,
              COMPLETED,
              CAA,
              COMPLETED);
      default -> Map.of(CSR, COMPLETED, DCV, COMPLETED);
    };
  }

  public List<DomainDetails> domains() {
    return this == SEVERAL_NAMES
        ? List.of(
            new DomainDetails("www.example.com", COMPLETED),
            new DomainDetails("example.com", NOT_COMPLETED),
            new DomainDetails("mail.example.com", IN_PROGRESS))
        : List.of();
  }

  /** The time that is paid, if it is not that of the certificate. */
  public Optional<Period> productTerm() {
    return this == EXTENDED
        ? Optional.of(
            new Period(
                Instant.parse("2026-05-14T00:00:00Z"), Instant.parse("2028-05-13T23:59:59Z")))
        : Optional.empty();
  }

  /** Its form in file names. */
  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
