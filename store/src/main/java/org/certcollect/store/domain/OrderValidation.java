package org.certcollect.store.domain;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The details of an order's validation that an operator set. Clients of the later dialect can ask
 * for them.
 *
 * @param status the status of the whole validation; empty if it is to follow from the order
 * @param steps the steps whose progress was set; the others follow from the order
 * @param domains the names of a multi-domain order, each once; empty for any other
 * @param term the time for which the product is paid, if that is not the certificate's own validity
 */
public record OrderValidation(
    Optional<ValidationState> status,
    Map<ValidationStep, StepProgress> steps,
    List<ValidatedDomain> domains,
    Optional<ProductTerm> term) {
  /** The maximum number of names of an order. */
  public static final int MAX_DOMAINS = 2000;

  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.*_-]{1,253}");

  /** The details of an order for which none were set. */
  public static final OrderValidation NONE =
      new OrderValidation(Optional.empty(), Map.of(), List.of(), Optional.empty());

  public OrderValidation {
    steps = Map.copyOf(steps);
    domains = List.copyOf(domains);
    if (domains.size() > MAX_DOMAINS) {
      throw new IllegalArgumentException("more than " + MAX_DOMAINS + " domains are named");
    }
    if (domains.stream().map(ValidatedDomain::name).distinct().count() < domains.size()) {
      throw new IllegalArgumentException("a domain is named twice");
    }
  }

  /** The status of a whole validation. */
  public enum ValidationState {
    AWAITING_VALIDATION,
    AWAITING_BRAND_VALIDATION,
    VALIDATED
  }

  /** A step of a validation. */
  public enum ValidationStep {
    /** The signing request. */
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

  /** The progress of a step. */
  public enum StepProgress {
    NOT_REQUIRED,
    NOT_COMPLETED,
    IN_PROGRESS,
    COMPLETED
  }

  /**
   * One name of a multi-domain order.
   *
   * @param name a text for which {@link #isDomain} is true
   * @param dcv the progress of the check of control over it, which is always required
   */
  public record ValidatedDomain(String name, StepProgress dcv) {
    public ValidatedDomain {
      if (!isDomain(name)) {
        throw new IllegalArgumentException("not a domain name");
      }
      if (dcv == StepProgress.NOT_REQUIRED) {
        throw new IllegalArgumentException("the check of a domain is always required");
      }
    }
  }

  /** The first and the last instant for which a product is paid. */
  public record ProductTerm(Instant start, Instant end) {
    public ProductTerm {
      if (end.isBefore(start)) {
        throw new IllegalArgumentException("a term must not end before it starts");
      }
    }
  }

  /**
   * Whether a text may name a domain: 1 to 253 letters and digits of ASCII, dots, hyphens,
   * underscores and asterisks. Other characters separate the entries of an answer.
   */
  public static boolean isDomain(String name) {
    return DOMAIN.matcher(name).matches();
  }

  /** These details with later ones, which go before them step by step and domain by domain. */
  public OrderValidation with(OrderValidation later) {
    Map<ValidationStep, StepProgress> allSteps = new HashMap<>(steps);
    allSteps.putAll(later.steps);
    Map<String, ValidatedDomain> allDomains = new LinkedHashMap<>();
    Stream.of(domains, later.domains)
        .flatMap(List::stream)
        .forEach(domain -> allDomains.put(domain.name, domain));
    return new OrderValidation(
        later.status.or(() -> status),
        allSteps,
        List.copyOf(allDomains.values()),
        later.term.or(() -> term));
  }

  /**
   * The details after a certificate was issued: validated, and every required step is completed.
   */
  public OrderValidation completed() {
    Map<ValidationStep, StepProgress> done = new EnumMap<>(ValidationStep.class);
    steps.forEach((step, progress) -> done.put(step, completed(progress)));
    return new OrderValidation(
        status.map(old -> ValidationState.VALIDATED),
        done,
        domains.stream().map(d -> new ValidatedDomain(d.name, completed(d.dcv))).toList(),
        term);
  }

  /**
   * The details with defaults for all that was not set. An order for which a certificate was ever
   * issued is validated, any other one awaits validation. The steps {@code CSR} and {@code DCV} are
   * required: both are completed if the order is validated or a certificate was ever issued for it,
   * CSR also if it has a request.
   */
  public OrderValidation withDefaults(boolean wasIssued, boolean hasRequest) {
    ValidationState state =
        status.orElse(wasIssued ? ValidationState.VALIDATED : ValidationState.AWAITING_VALIDATION);
    boolean validated = wasIssued || state == ValidationState.VALIDATED;
    Map<ValidationStep, StepProgress> all = new EnumMap<>(ValidationStep.class);
    all.put(ValidationStep.CSR, progress(validated || hasRequest));
    all.put(ValidationStep.DCV, progress(validated));
    all.putAll(steps);
    return new OrderValidation(Optional.of(state), all, domains, term);
  }

  private static StepProgress progress(boolean completed) {
    return completed ? StepProgress.COMPLETED : StepProgress.NOT_COMPLETED;
  }

  private static StepProgress completed(StepProgress progress) {
    return progress == StepProgress.NOT_REQUIRED ? progress : StepProgress.COMPLETED;
  }
}
