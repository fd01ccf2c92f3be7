package org.certcollect.cli.serve;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certification authority for tests and demonstrations.
 *
 * @param issuers its chain: its own certificate first, the root last
 */
public record Authority(X500Name name, KeyPair keys, List<X509Certificate> issuers) {
  private static final int SERIAL_BITS = 127;

  public Authority {
    issuers = List.copyOf(issuers);
  }

  public static Authority root(String commonName, KeyPair keys, CertificateLifetime validity) {
    CertificateSubject subject = ca(commonName, keys.getPublic());
    return new Authority(
        subject.name(),
        keys,
        List.of(make(subject, subject.name(), keys.getPrivate(), validity, true)));
  }

  public Authority subordinate(String commonName, KeyPair itsKeys, CertificateLifetime validity) {
    CertificateSubject subject = ca(commonName, itsKeys.getPublic());
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(make(subject, name, keys.getPrivate(), validity, true));
    chain.addAll(issuers);
    return new Authority(subject.name(), itsKeys, chain);
  }

  public List<X509Certificate> issue(CertificateSubject subject, CertificateLifetime validity) {
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(make(subject, name, keys.getPrivate(), validity, false));
    chain.addAll(issuers);
    return chain;
  }

  public static X509Certificate selfSigned(
      CertificateSubject subject, KeyPair keys, CertificateLifetime validity) {
    return make(subject, subject.name(), keys.getPrivate(), validity, false);
  }

  private static CertificateSubject ca(String commonName, PublicKey key) {
    return new CertificateSubject(
        new X500Name("CN=" + commonName + ",O=certcollect demo"), key, List.of());
  }

  public static KeyPair ecKeys() {
    return keys("EC", new ECGenParameterSpec("secp256r1"));
  }

  public static KeyPair rsaKeys() {
    return keys("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
  }

  private static KeyPair keys(String algorithm, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static X509Certificate make(
      CertificateSubject subject,
      X500Name issuer,
      PrivateKey key,
      CertificateLifetime validity,
      boolean ca) {
    int usage = ca ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1),
              Date.from(validity.notBefore()),
              Date.from(validity.notAfter()),
              subject.name(),
              subject.key());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      if (!subject.names().isEmpty()) {
        GeneralName[] names = subject.names().toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate cannot be made", e);
    }
  }

  public record CertificateLifetime(Instant notBefore, Instant notAfter) {
    /**
     * The period from the first second of one day to the last second of another, in UTC, as in
     * specification 1.06, section 2.2.2.
     */
    public static CertificateLifetime days(LocalDate first, LocalDate last) {
      return new CertificateLifetime(
          first.atStartOfDay().toInstant(ZoneOffset.UTC),
          last.atTime(LocalTime.of(23, 59, 59)).toInstant(ZoneOffset.UTC));
    }
  }

  /**
   * The subject of a certificate.
   *
   * @param names the alternative names; may be empty
   */
  public record CertificateSubject(X500Name name, PublicKey key, List<GeneralName> names) {
    public CertificateSubject {
      names = List.copyOf(names);
    }

    public static CertificateSubject host(PublicKey key, String... names) {
      return new CertificateSubject(
          new X500Name("CN=" + names[0]),
          key,
          List.of(names).stream().map(name -> new GeneralName(GeneralName.dNSName, name)).toList());
    }

    public static CertificateSubject person(PublicKey key, String name, String email) {
      return new CertificateSubject(
          new X500Name("CN=" + name), key, List.of(new GeneralName(GeneralName.rfc822Name, email)));
    }
  }
}
