package org.certcollect.store.x509;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;

/** Peculiarities of a chain that is handed out as it is, but that some clients refuse. */
public final class ChainWarnings {
  private ChainWarnings() {}

  /**
   * One sentence for each peculiarity; usually none.
   *
   * @param now the instant at which the CA certificates should be valid
   */
  public static List<String> of(VerifiedChain chain, Instant now) {
    List<String> warnings = new ArrayList<>(of(ParsedCertificate.of(chain.endEntity().der())));
    for (Certificate issuer : chain.issuers()) {
      ParsedCertificate parsed = issuer.parsed();
      if (!parsed.isValidAt(now)) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "The CA certificate %s is valid from %s to %s only: clients refuse the chain.",
                parsed.shown(),
                parsed.notBefore(),
                parsed.notAfter()));
      }
      warnings.addAll(of(parsed));
    }
    return List.copyOf(warnings);
  }

  private static List<String> of(ParsedCertificate certificate) {
    List<String> warnings = new ArrayList<>();
    String name = certificate.shown();
    Optional<Extension> names =
        certificate.extension(Extension.subjectAlternativeName).filter(e -> !e.isCritical());
    if (certificate.subject().isEmpty() && names.isPresent()) {
      warnings.add(
          name
              + " has an empty subject and a subject alternative name that is not critical (RFC"
              + " 5280, section 4.1.2.6): some clients refuse it.");
    }
    Set<String> seen = new HashSet<>();
    for (Extension extension : certificate.extensions()) {
      if (!seen.add(extension.getExtnId().getId())) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "%s has the extension %s twice: some clients refuse it.",
                name,
                extension.getExtnId().getId()));
      }
    }
    if (!certificate.key().isKnownToJdk()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%s has a public key (%s) that Java programs and some others cannot read.",
              name,
              certificate.key().describedAlgorithm()));
    }
    if (warnings.isEmpty() && !isReadByJdk(certificate.der())) {
      warnings.add(name + " has a form that Java programs and some others refuse.");
    }
    return warnings;
  }

  private static boolean isReadByJdk(byte[] der) {
    try {
      return isRead(der, CertificateFactory.getInstance("X.509"));
    } catch (CertificateException e) {
      return false;
    }
  }

  /**
   * Whether a parser takes a certificate. A stranger's bytes may also hit a fault of the parser.
   */
  static boolean isRead(byte[] der, CertificateFactory parser) {
    try {
      X509Certificate read =
          (X509Certificate) parser.generateCertificate(new ByteArrayInputStream(der));
      var unused = read.getSubjectAlternativeNames();
      return true;
    } catch (CertificateException | RuntimeException e) {
      return false;
    }
  }
}
