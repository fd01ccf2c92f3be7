package org.certcollect.store.x509;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An X.509 certificate as a store keeps it: its DER, and the fields that were read from it once.
 * Two are equal when their DER is. Immutable, so safe for use by many threads.
 */
public final class Certificate {
  private final byte[] der;
  private final byte[] sha256;
  private final byte[] subject;
  private final Optional<String> commonName;
  private final Optional<String> dnsName;
  private final Instant notBefore;
  private final Instant notAfter;
  private volatile @Nullable ParsedCertificate parsed;
  private volatile @Nullable List<ChainWarnings.Warning> warnings;
  private volatile @Nullable List<String> searchTerms;

  /**
   * Restores a certificate from the fields that a store kept; {@link ParsedCertificate#stored}
   * makes one from a file.
   *
   * @param der the whole certificate
   * @param sha256 the SHA-256 of {@code der}
   * @param subject its subject name, DER
   * @param commonName the last common name of the subject
   * @param dnsName the first dNSName of its subject alternative names
   */
  public Certificate(
      byte[] der,
      byte[] sha256,
      byte[] subject,
      Optional<String> commonName,
      Optional<String> dnsName,
      Instant notBefore,
      Instant notAfter) {
    this.der = der.clone();
    this.sha256 = sha256.clone();
    this.subject = subject.clone();
    this.commonName = commonName;
    this.dnsName = dnsName;
    this.notBefore = notBefore;
    this.notAfter = notAfter;
  }

  /** Reads from a parsed certificate what is kept beside its DER. */
  public static Certificate of(X509Certificate certificate) {
    return ParsedCertificate.of(certificate).stored();
  }

  /**
   * The certificate, parsed at the first call and kept: call it only for CA certificates, of which
   * there are few.
   *
   * @throws IllegalStateException when what is stored is no certificate
   */
  public ParsedCertificate parsed() {
    ParsedCertificate known = parsed;
    if (known != null) {
      return known;
    }
    try {
      known = ParsedCertificate.of(der);
      parsed = known;
      return known;
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("the stored certificate " + fingerprint() + " is damaged", e);
    }
  }

  /**
   * The terms by which a store finds it: from when it was parsed, otherwise parsed for them. Bytes
   * that are no certificate, which an older store may have, give none.
   */
  public List<String> searchTerms() {
    List<String> known = searchTerms;
    if (known == null) {
      try {
        known = SearchTerms.of(ParsedCertificate.of(der));
      } catch (IllegalArgumentException e) {
        known = List.of();
      }
      searchTerms = known;
    }
    return known;
  }

  void keepSearchTerms(List<String> terms) {
    searchTerms = terms;
  }

  /** The warnings about a CA certificate, made at the first call and kept. */
  List<ChainWarnings.Warning> warnings() {
    List<ChainWarnings.Warning> known = warnings;
    if (known == null) {
      known = ChainWarnings.of(parsed());
      known = known.isEmpty() ? ChainWarnings.form(parsed()) : known;
      warnings = known;
    }
    return known;
  }

  /**
   * Whether it carries that public key, which may be written in another way.
   *
   * @param publicKey a SubjectPublicKeyInfo, DER
   */
  public boolean hasKey(byte[] publicKey) {
    try {
      return new VerificationKey(Asn1.prefix(publicKey).orElseThrow().sequence())
          .isSameAs(ParsedCertificate.key(der));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** The SubjectPublicKeyInfo, as the certificate has it. */
  public byte[] publicKey() {
    return parsed().publicKey();
  }

  public byte[] der() {
    return der.clone();
  }

  public byte[] sha256() {
    return sha256.clone();
  }

  /** The SHA-256 of the DER in lower-case hexadecimal, as people compare it. */
  public String fingerprint() {
    return HexFormat.of().formatHex(sha256);
  }

  public byte[] subject() {
    return subject.clone();
  }

  public Optional<String> commonName() {
    return commonName;
  }

  public Optional<String> dnsName() {
    return dnsName;
  }

  public Instant notBefore() {
    return notBefore;
  }

  public Instant notAfter() {
    return notAfter;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Certificate that && Arrays.equals(sha256, that.sha256);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sha256);
  }

  @Override
  public String toString() {
    return "Certificate[" + fingerprint() + "]";
  }
}
