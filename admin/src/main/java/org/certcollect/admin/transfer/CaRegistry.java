package org.certcollect.admin.transfer;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.certcollect.store.Actor;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.CertificateReader;

/**
 * The CA certificates that an import knows: the store's, and those of the input, each from its own
 * place on, so that what is made of a record does not depend on which thread was faster. Safe for
 * use by many threads.
 */
final class CaRegistry {
  private final int most;
  private final Map<String, Known> byFingerprint = new ConcurrentHashMap<>();
  private final Map<ByteBuffer, Map<String, Certificate>> bySubject = new ConcurrentHashMap<>();

  /**
   * Begins with those of a store.
   *
   * @param stored as {@link CaCertificates#list} gives them
   * @param more the most that may be added: all are held in memory
   */
  CaRegistry(List<Certificate> stored, int more) {
    // What is stored has to be known, however many there are: what comes may refer to it.
    most = stored.size() + more;
    stored.forEach(certificate -> add(certificate, parse(certificate), 0));
  }

  private record Known(X509Certificate certificate, long place) {}

  /** Makes a certificate known to the records behind a place in the input. */
  void add(Certificate certificate, X509Certificate parsed, long place) {
    if (byFingerprint.size() >= most) {
      throw new InvalidRecordException("the input has too many CA certificates");
    }
    String fingerprint = certificate.fingerprint();
    byFingerprint.merge(
        fingerprint,
        new Known(parsed, place),
        (one, other) -> one.place <= other.place ? one : other);
    bySubject
        .computeIfAbsent(
            ByteBuffer.wrap(certificate.subject()), subject -> new ConcurrentSkipListMap<>())
        .put(fingerprint, certificate);
  }

  Optional<X509Certificate> find(String fingerprint, long place) {
    return Optional.ofNullable(byFingerprint.get(fingerprint))
        .filter(known -> known.place <= place)
        .map(Known::certificate);
  }

  /** What is known at a place in the input, as chains are completed from it. */
  CaCertificates at(long place) {
    return new View(place);
  }

  private static X509Certificate parse(Certificate certificate) {
    return CertificateReader.read(certificate.der(), certificate.fingerprint()).get(0);
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
    public List<Certificate> withSubject(byte[] subject) {
      return bySubject.getOrDefault(ByteBuffer.wrap(subject), Map.of()).values().stream()
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
