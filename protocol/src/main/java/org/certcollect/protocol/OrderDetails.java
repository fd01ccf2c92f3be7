package org.certcollect.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.protocol.CollectResult.Period;

/**
 * The details of an order that some answers tell beside its status and validity period
 * (docs/protocol.md, section 8.4).
 *
 * @param orderNumber the order's number, however the client named the order
 * @param fqdn the first domain name of the certificate, or of the request for it; printable ASCII
 * @param certificateStatus the status of the certificate that the client asked for
 * @param validation the status of the whole validation
 * @param checks the parts of the validation; a check that the order does not need is absent
 * @param domains the names of a multi-domain order; empty for any other
 * @param productTerm the time for which the product is paid, if it is not that of the certificate
 */
public record OrderDetails(
    OrderNumber orderNumber,
    Optional<String> fqdn,
    CertificateStatus certificateStatus,
    ValidationStatus validation,
    Map<ValidationCheck, CheckProgress> checks,
    List<DomainDetails> domains,
    Optional<Period> productTerm) {

  public OrderDetails {
    checks = Map.copyOf(checks);
    domains = List.copyOf(domains);
    fqdn.ifPresent(OrderDetails::requirePrintable);
  }

  /** The status of a certificate. An order that is not paid has no answer that tells one. */
  public enum CertificateStatus {
    /** The validation is not finished. */
    AWAITING_VALIDATION,
    /** The certificate is being made. */
    PROCESSING,
    ISSUED,
    /** A newer certificate of the same order has taken its place. */
    REPLACED,
    EXPIRED,
    REVOKED,
    REJECTED
  }

  /** The status of a validation. */
  public enum ValidationStatus {
    AWAITING_VALIDATION,
    AWAITING_BRAND_VALIDATION,
    VALIDATED
  }

  /** A part of a validation. */
  public enum ValidationCheck {
    CSR,
    /** Control over the domains. */
    DCV,
    /** A call to the organization. */
    OV_CALLBACK,
    ORGANIZATION,
    /** The free upgrade from domain validation. */
    FREE_DVUP,
    /** The agreement to the terms of extended validation. */
    EV_CLICK_THROUGH,
    BRAND,
    /** The DNS records that name the CAs which may issue. */
    CAA
  }

  /** The progress of a check. */
  public enum CheckProgress {
    NOT_COMPLETED,
    COMPLETED,
    IN_PROGRESS
  }

  /**
   * One name of a multi-domain order.
   *
   * @param name printable ASCII
   * @param dcv how far the check of control over it is
   */
  public record DomainDetails(String name, CheckProgress dcv) {
    public DomainDetails {
      requirePrintable(name);
    }
  }

  private static void requirePrintable(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) <= ' ' || name.charAt(i) > '~') {
        throw new IllegalArgumentException("a domain name must be printable ASCII");
      }
    }
  }
}
