package org.certcollect.store.transfer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.SigningRequest;

/**
 * An order with its certificates, its signing request and its history.
 *
 * @param account the login of its account
 * @param certificates oldest first; present exactly when the state is issued or revoked
 * @param code the hash of its collection code; {@link Product#CCC} only
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
    Optional<List<EventRecord>> events)
    implements TransferRecord {
  public OrderRecord {
    certificates = List.copyOf(certificates);
    events = events.map(List::copyOf);
    boolean wasIssued = state == OrderState.ISSUED || state == OrderState.REVOKED;
    if (wasIssued == certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "an order must have a certificate if it is issued or revoked, and none in any other"
              + " state");
    }
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
    if (!sameCertificates(stored)) {
      names.add("certificates");
    }
    if (!sameRequest(stored)) {
      names.add("signingRequest");
    }
    Differences.add(names, "code", code, stored.code);
    Differences.addKnown(names, "events", events, stored.events);
    return List.copyOf(names);
  }

  private boolean sameCertificates(OrderRecord stored) {
    return certificates.size() == stored.certificates.size()
        && IntStream.range(0, certificates.size())
            .allMatch(i -> certificates.get(i).isSame(stored.certificates.get(i)));
  }

  private boolean sameRequest(OrderRecord stored) {
    return signingRequest.isPresent() == stored.signingRequest.isPresent()
        && (signingRequest.isEmpty()
            || Arrays.equals(
                signingRequest.get().der(), stored.signingRequest.orElseThrow().der()));
  }
}
