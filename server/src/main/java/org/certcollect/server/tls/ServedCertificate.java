package org.certcollect.server.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.certcollect.store.x509.DistinguishedName;

/**
 * A certificate that the server shows to its clients, with the certificates that it sends along.
 *
 * @param chain the server's own certificate first; never empty
 */
public record ServedCertificate(List<X509Certificate> chain) {
  private static final Duration SOON = Duration.ofDays(30);

  /** The signature algorithm for each type of key that can be served. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  public ServedCertificate {
    chain = List.copyOf(chain);
  }

  X509Certificate own() {
    return chain.get(0);
  }

  /** The name in the certificate. */
  public String subject() {
    return name(own().getSubjectX500Principal());
  }

  private static String name(X500Principal name) {
    return DistinguishedName.of(name.getEncoded()).text();
  }

  /** The type of its key: RSA or EC. */
  public String keyType() {
    return own().getPublicKey().getAlgorithm();
  }

  /** The last second of its validity. */
  public Instant notAfter() {
    return own().getNotAfter().toInstant();
  }

  /** The names of the issuers, from that of the certificate to the last known one. */
  public String issuers() {
    return chain.stream()
        .map(certificate -> name(certificate.getIssuerX500Principal()))
        .collect(Collectors.joining(" > "));
  }

  @Override
  public String toString() {
    return "%s (%s), valid until %s, issued by %s"
        .formatted(subject(), keyType(), notAfter(), issuers());
  }

  /** Sentences about what may keep clients from accepting it, now or soon; usually none. */
  public List<String> warnings(Instant now) {
    List<String> warnings = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      String name = name(certificate.getSubjectX500Principal());
      Instant from = certificate.getNotBefore().toInstant();
      Instant to = certificate.getNotAfter().toInstant();
      if (now.isBefore(from)) {
        warnings.add("The certificate of %s is valid only from %s on".formatted(name, from));
      } else if (now.isAfter(to)) {
        warnings.add("The certificate of %s expired at %s: renew it".formatted(name, to));
      } else if (now.plus(SOON).isAfter(to)) {
        long days = Duration.between(now, to).toDays();
        warnings.add(
            String.format(
                Locale.ROOT,
                "The certificate of %s expires in %d days, at %s: renew it",
                name,
                days,
                to));
      }
    }
    for (int i = 1; i < chain.size(); i++) {
      if (!isIssued(chain.get(i - 1), chain.get(i))) {
        warnings.add(
            "The certificate of %s did not issue the one before it: put the server's own certificate"
                    .formatted(name(chain.get(i).getSubjectX500Principal()))
                + " first in the file, and after each certificate that of its issuer");
      }
    }
    if (chain.size() == 1 && !isIssued(own(), own())) {
      warnings.add(
          "The certificate of %s comes without that of its issuer, %s: put it into the same file,"
                  .formatted(subject(), issuers())
              + " or many clients cannot verify it");
    }
    return warnings;
  }

  private static boolean isIssued(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whether a private key belongs to it. */
  boolean isOf(PrivateKey key) throws GeneralSecurityException {
    String algorithm = SIGNATURES.get(keyType());
    if (algorithm == null) {
      throw new GeneralSecurityException(
          "the key of %s is neither RSA nor EC: %s".formatted(subject(), keyType()));
    }
    if (!key.getAlgorithm().equals(keyType())) {
      return false;
    }
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(own().getPublicKey());
    return signature.verify(signed);
  }
}
