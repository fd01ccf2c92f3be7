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
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/** Peculiarities of a chain that is handed out as it is, but that some clients refuse. */
public final class ChainWarnings {
  private ChainWarnings() {}

  /** The kinds of peculiarities. */
  public enum Kind {
    INCOMPLETE_CHAIN,
    INVALID_ISSUER,
    EMPTY_SUBJECT,
    REPEATED_EXTENSION,
    UNUSUAL_KEY,
    UNUSUAL_FORM,
    CA_AS_END_ENTITY
  }

  /** A peculiarity, and a sentence about it for the operator. */
  public record Warning(Kind kind, String sentence) {}

  /**
   * One sentence for each peculiarity; usually none. A chain without a root is told by {@link
   * ChainEnd}.
   *
   * @param now the instant at which the CA certificates should be valid
   */
  public static List<String> of(VerifiedChain chain, Instant now) {
    ParsedCertificate endEntity = ParsedCertificate.of(chain.endEntity().der());
    List<Warning> warnings = new ArrayList<>(of(endEntity));
    if (warnings.isEmpty()) {
      warnings.addAll(form(endEntity));
    }
    warnings.addAll(asEndEntity(endEntity));
    for (Certificate issuer : chain.issuers()) {
      warnings.addAll(of(issuer, now));
    }
    return warnings.stream().map(Warning::sentence).toList();
  }

  /**
   * The warnings about one of many chains. None are about an end entity that is not valid now:
   * nobody uses its chain. The form of the end entity's certificate is not tried with the JDK,
   * which costs as much as reading it.
   */
  public static List<Warning> ofMany(
      ParsedCertificate endEntity, List<Certificate> issuers, Instant now) {
    if (!endEntity.isValidAt(now)) {
      return List.of();
    }
    List<Warning> warnings = new ArrayList<>(of(endEntity));
    warnings.addAll(asEndEntity(endEntity));
    ParsedCertificate last =
        issuers.isEmpty() ? endEntity : issuers.get(issuers.size() - 1).parsed();
    if (!Issuing.isNamed(last, last)) {
      warnings.add(
          warning(
              Kind.INCOMPLETE_CHAIN,
              "The chain of %s does not reach a root: the certificate of the next issuer, %s, is"
                  + " missing.",
              endEntity.shown(),
              last.issuer().text()));
    }
    issuers.forEach(issuer -> warnings.addAll(of(issuer, now)));
    return warnings;
  }

  /** The warning about a CA's certificate that is handed out as an end entity's. */
  private static List<Warning> asEndEntity(ParsedCertificate certificate) {
    return certificate.saysThatItIsCa().orElse(false)
        ? List.of(
            warning(
                Kind.CA_AS_END_ENTITY,
                "%s is the certificate of a CA (CA:TRUE in its basic constraints), and is handed"
                    + " out as that of a server or a person: some clients refuse it.",
                certificate.shown()))
        : List.of();
  }

  private static List<Warning> of(Certificate issuer, Instant now) {
    ParsedCertificate parsed = issuer.parsed();
    List<Warning> warnings = new ArrayList<>(issuer.warnings());
    if (!parsed.isValidAt(now)) {
      warnings.add(
          0,
          warning(
              Kind.INVALID_ISSUER,
              "The CA certificate %s is valid from %s to %s only: clients refuse the chain.",
              parsed.shown(),
              parsed.notBefore(),
              parsed.notAfter()));
    }
    return warnings;
  }

  /** The warnings about a certificate that need no other parser to try it. */
  static List<Warning> of(ParsedCertificate certificate) {
    List<Warning> warnings = new ArrayList<>();
    Optional<Extension> names =
        certificate.extension(Extension.subjectAlternativeName).filter(e -> !e.isCritical());
    if (certificate.subject().isEmpty() && names.isPresent()) {
      warnings.add(
          warning(
              Kind.EMPTY_SUBJECT,
              "%s has an empty subject and a subject alternative name that is not critical (RFC"
                  + " 5280, section 4.1.2.6): some clients refuse it.",
              certificate.shown()));
    }
    Set<ASN1ObjectIdentifier> seen = new HashSet<>();
    for (Extension extension : certificate.extensions()) {
      if (!seen.add(extension.getExtnId())) {
        warnings.add(
            warning(
                Kind.REPEATED_EXTENSION,
                "%s has the extension %s twice: some clients refuse it.",
                certificate.shown(),
                extension.getExtnId()));
      }
    }
    if (!certificate.key().isKnownToJdk()) {
      warnings.add(
          warning(
              Kind.UNUSUAL_KEY,
              "%s has a public key (%s) that Java programs and some others cannot read.",
              certificate.shown(),
              certificate.key().describedAlgorithm()));
    }
    return warnings;
  }

  static List<Warning> form(ParsedCertificate certificate) {
    return isReadByJdk(certificate.der())
        ? List.of()
        : List.of(
            warning(
                Kind.UNUSUAL_FORM,
                "%s has a form that Java programs and some others refuse.",
                certificate.shown()));
  }

  private static Warning warning(Kind kind, String sentence, Object... values) {
    return new Warning(kind, String.format(Locale.ROOT, sentence, values));
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
