package org.certcollect.store.transfer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.SigningRequest;

/**
 * An order with its certificates, its signing request, its validation and its history.
 *
 * @param account the login of its account
 * @param certificates oldest first; present exactly when the state is issued or revoked. Either
 *     each has an id, and they ascend, or none has
 * @param code the hash of its collection code; {@link Product#CCC} only
 * @param reissue of an issued order, if one is under way
 * @param validation the details that an operator set
 * @param heldSince of an order that is not rejected or revoked, if it is held
 * @param contact how its people get e-mails
 * @param events oldest first; absent if the history is not known
 */
public record OrderRecord(
    long number,
    String account,
    Product product,
    OrderState state,
    Optional<String> reason,
    Instant created,
    Instant changed,
    List<CertificateRecord> certificates,
    Optional<SigningRequest> signingRequest,
    Optional<CodeHash> code,
    Optional<PendingReissue> reissue,
    Optional<OrderValidation> validation,
    Optional<Instant> heldSince,
    OrderRemarks remarks,
    MailContact contact,
    Optional<List<EventRecord>> events)
    implements TransferRecord {
  /** The name of a difference in nothing but the ids of the certificates. */
  public static final String CERTIFICATE_IDS = "certificate ids";

  public OrderRecord {
    certificates = List.copyOf(certificates);
    events = events.map(List::copyOf);
    boolean wasIssued = state == OrderState.ISSUED || state == OrderState.REVOKED;
    if (wasIssued == certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "an order must have a certificate if it is issued or revoked, and none in any other"
              + " state");
    }
    if (reissue.isPresent() && state != OrderState.ISSUED) {
      throw new IllegalArgumentException("only an issued order can have a reissue under way");
    }
    if (heldSince.isPresent() && state.next().isEmpty()) {
      throw new IllegalArgumentException("an order that is rejected or revoked cannot be held");
    }
    long[] ids = certificates.stream().flatMapToLong(c -> c.id().stream()).toArray();
    if ((ids.length > 0 && ids.length < certificates.size())
        || IntStream.range(1, ids.length).anyMatch(i -> ids[i - 1] >= ids[i])) {
      throw new IllegalArgumentException(
          "either every certificate must have an id, each greater than the one before, or none");
    }
  }

  /** An order without a reissue, details of its validation, a hold, remarks and a contact. */
  public OrderRecord(
      long number,
      String account,
      Product product,
      OrderState state,
      Optional<String> reason,
      Instant created,
      Instant changed,
      List<CertificateRecord> certificates,
      Optional<SigningRequest> signingRequest,
      Optional<CodeHash> code,
      Optional<List<EventRecord>> events) {
    this(
        number,
        account,
        product,
        state,
        reason,
        created,
        changed,
        certificates,
        signingRequest,
        code,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OrderRemarks.NONE,
        MailContact.NONE,
        events);
  }

  /** The ids that its certificates must have. */
  public List<Long> certificateIds() {
    return certificates.stream().flatMap(c -> c.id().stream().boxed()).toList();
  }

  /** The time since which it is being processed, by its history, otherwise by its last change. */
  public Optional<Instant> processingSince() {
    return state == OrderState.PROCESSING
        ? events.stream()
            .flatMap(List::stream)
            .filter(event -> event.to().filter(state.name()::equals).isPresent())
            .map(EventRecord::at)
            .reduce((first, last) -> last)
            .or(() -> Optional.of(changed))
        : Optional.empty();
  }

  /** The names of the components that differ; an unknown history never differs. */
  public List<String> differences(OrderRecord stored) {
    List<String> names = new ArrayList<>();
    Differences.add(names, "number", number, stored.number);
    Differences.add(names, "account", account, stored.account);
    Differences.add(names, "product", product, stored.product);
    Differences.add(names, "state", state, stored.state);
    Differences.add(names, "reason", reason, stored.reason);
    Differences.add(names, "created", created, stored.created);
    Differences.add(names, "changed", changed, stored.changed);
    if (!allCertificates(stored, CertificateRecord::isSame)) {
      names.add("certificates");
    } else if (!allCertificates(stored, CertificateRecord::hasIdOf)) {
      names.add(CERTIFICATE_IDS);
    }
    Differences.add(names, "signingRequest", signingRequest, stored.signingRequest);
    Differences.add(names, "code", code, stored.code);
    Differences.add(names, "reissue", reissue, stored.reissue);
    Differences.add(names, "validation", validation, stored.validation);
    Differences.add(names, "heldSince", heldSince, stored.heldSince);
    Differences.add(names, "reference", remarks.reference(), stored.remarks.reference());
    Differences.add(names, "note", remarks.note(), stored.remarks.note());
    Differences.add(names, "contact", contact, stored.contact);
    Differences.addKnown(names, "events", events, stored.events);
    return List.copyOf(names);
  }

  private boolean allCertificates(
      OrderRecord stored, BiPredicate<CertificateRecord, CertificateRecord> comparison) {
    return certificates.size() == stored.certificates.size()
        && IntStream.range(0, certificates.size())
            .allMatch(i -> comparison.test(certificates.get(i), stored.certificates.get(i)));
  }
}
