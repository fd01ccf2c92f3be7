package org.certcollect.admin.transfer;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.DistinguishedName;
import org.certcollect.store.x509.ParsedCertificate;

/**
 * The CA certificates that an import knows: those of the store, and those of the input. A
 * certificate of the input is visible only to the records after it, so that the result does not
 * depend on the speed of the threads. Safe for use by many threads.
 */
final class CaRegistry {
  private final int maxCount;
  private final Map<String, Known> byFingerprint = new ConcurrentHashMap<>();
  private final Map<DistinguishedName, Map<String, Certificate>> bySubject =
      new ConcurrentHashMap<>();

  /**
   * Creates a registry with the certificates of a store.
   *
   * @param stored the result of {@link CaCertificates#list}
   * @param more the maximum number that may be added; all are held in memory
   */
  CaRegistry(List<Certificate> stored, int more) {
    // All stored certificates count, however many there are: the input may refer to them.
    maxCount = stored.size() + more;
    stored.forEach(certificate -> add(certificate.parsed(), 0));
  }

  private record Known(ParsedCertificate certificate, long place) {}

  /** Registers a certificate for the records after a place in the input. */
  void add(ParsedCertificate certificate, long place) {
    if (byFingerprint.size() >= maxCount) {
      throw new InvalidRecordException("the input has too many CA certificates");
    }
    String fingerprint = certificate.stored().fingerprint();
    byFingerprint.merge(
        fingerprint,
        new Known(certificate, place),
        (one, other) -> one.place <= other.place ? one : other);
    bySubject
        .computeIfAbsent(certificate.subject(), subject -> new ConcurrentSkipListMap<>())
        .put(fingerprint, certificate.stored());
  }

  Optional<ParsedCertificate> find(String fingerprint, long place) {
    return Optional.ofNullable(byFingerprint.get(fingerprint))
        .filter(known -> known.place <= place)
        .map(Known::certificate);
  }

  /** The certificates known at a place in the input, to complete chains from. */
  CaCertificates at(long place) {
    return new View(place);
  }

  private final class View implements CaCertificates {
    private final long place;

    View(long place) {
      this.place = place;
    }

    @Override
    public boolean add(Certificate certificate, Actor by) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String fingerprint, Actor by) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Certificate> withSubject(DistinguishedName subject) {
      return bySubject.getOrDefault(subject, Map.of()).values().stream()
          .filter(certificate -> find(certificate.fingerprint(), place).isPresent())
          .sorted(
              Comparator.comparing(Certificate::notBefore)
                  .reversed()
                  .thenComparing(Certificate::fingerprint))
          .toList();
    }

    @Override
    public List<Certificate> list() {
      throw new UnsupportedOperationException();
    }
  }
}
