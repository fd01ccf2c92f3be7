package org.certcollect.cli.demo;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.certcollect.cli.serve.Authority;
import org.certcollect.cli.serve.Authority.CertificateLifetime;
import org.certcollect.cli.serve.Authority.CertificateSubject;

/** The demo's certification authorities. They share a few keys, because an RSA key takes long. */
final class DemoPki {
  private static final CertificateLifetime CA =
      CertificateLifetime.days(LocalDate.of(2000, 1, 1), LocalDate.of(2039, 12, 31));

  /** The days of the example in specification 1.06, section 2.2.2. */
  private static final CertificateLifetime PAST =
      CertificateLifetime.days(LocalDate.of(2003, 5, 14), LocalDate.of(2004, 5, 13));

  private final CertificateLifetime year;
  private final KeyPair rsa = Authority.rsaKeys();
  private final KeyPair ec = Authority.ecKeys();
  private final KeyPair endEntity = Authority.ecKeys();

  private DemoPki(Clock clock) {
    LocalDate first = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    year = CertificateLifetime.days(first, first.plusYears(1).minusDays(1));
  }

  /** Each certificate with its issuers, root last. */
  static Map<DemoCertificate, List<X509Certificate>> make(Clock clock) {
    return new DemoPki(clock).chains();
  }

  private Map<DemoCertificate, List<X509Certificate>> chains() {
    Authority rsaRoot = Authority.root("Demo RSA Root", rsa, CA);
    Authority ecRoot = Authority.root("Demo EC Root", ec, CA);
    Authority ecCa = ecRoot.subordinate("Demo EC Server CA", Authority.ecKeys(), CA);
    Authority mixedCa =
        ecRoot
            .subordinate("Demo Mixed Policy CA", rsa, CA)
            .subordinate("Demo Mixed Server CA", ec, CA);

    Map<DemoCertificate, List<X509Certificate>> chains = new EnumMap<>(DemoCertificate.class);
    chains.put(
        DemoCertificate.SSL_RSA_2,
        rsaRoot.issue(host(rsa, "www.example.com", "example.com"), year));
    chains.put(DemoCertificate.SSL_EC_3, ecCa.issue(host(endEntity, "shop.example.com"), year));
    chains.put(DemoCertificate.SSL_MIXED_4, mixedCa.issue(host(rsa, "mail.example.com"), year));
    chains.put(
        DemoCertificate.SSL_ALONE,
        List.of(Authority.selfSigned(host(ec, "alone.example.com"), ec, year)));
    chains.put(DemoCertificate.SSL_EXPIRED, rsaRoot.issue(host(rsa, "old.example.com"), PAST));
    chains.put(
        DemoCertificate.SSL_WILDCARD,
        ecCa.issue(host(endEntity, "*.example.com", "example.com"), year));
    chains.put(DemoCertificate.CCC_RSA_2, rsaRoot.issue(person(rsa, "Alice Example"), year));
    chains.put(DemoCertificate.CCC_EC_3, ecCa.issue(person(endEntity, "Bob Example"), year));
    return chains;
  }

  private static CertificateSubject host(KeyPair keys, String... names) {
    return CertificateSubject.host(keys.getPublic(), names);
  }

  private static CertificateSubject person(KeyPair keys, String name) {
    return CertificateSubject.person(
        keys.getPublic(), name, name.substring(0, name.indexOf(' ')) + "@example.com");
  }
}
