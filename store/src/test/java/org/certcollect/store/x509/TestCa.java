package org.certcollect.store.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.certcollect.protocol.fixtures.Fixtures;

/** A name with a key, which signs certificates of any shape, right and wrong. */
record TestCa(X500Principal name, KeyPair keys, String algorithm) {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** The certificates of a fixture, in their order. */
  static List<ParsedCertificate> fixture(String name) {
    return Fixtures.certificates(name).stream().map(ParsedCertificate::of).toList();
  }

  static TestCa ec(String commonName) {
    return of(commonName, "EC", 256, "SHA256withECDSA");
  }

  static TestCa of(String commonName, String keyType, int bits, String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
      if (bits > 0) {
        generator.initialize(bits);
      }
      X500Principal name = new X500Principal("CN=" + commonName);
      return new TestCa(name, generator.generateKeyPair(), algorithm);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  ParsedCertificate root() {
    return ca(this);
  }

  /** A CA certificate for another name. */
  ParsedCertificate ca(TestCa subject) {
    return ca(subject, 0);
  }

  /** A CA certificate whose validity begins some days after the others'. */
  ParsedCertificate ca(TestCa subject, int days) {
    return sign(builder(subject, days, true));
  }

  ParsedCertificate endEntity(TestCa subject) {
    return sign(builder(subject, 0, false));
  }

  /** A certificate that does not say whether it is a CA. */
  ParsedCertificate silent(TestCa subject) {
    return sign(bare(subject, 0));
  }

  /** A certificate with an extension of that size. */
  ParsedCertificate large(TestCa subject, int bytes) {
    try {
      X509v3CertificateBuilder builder = bare(subject, 0);
      builder.addExtension(new ASN1ObjectIdentifier("1.2.3.4"), false, new byte[bytes]);
      return sign(builder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  ParsedCertificate version1(TestCa subject) {
    X509v1CertificateBuilder builder =
        new JcaX509v1CertificateBuilder(
            name, BigInteger.ONE, date(0), date(365), subject.name, subject.keys.getPublic());
    return read(builder.build(signer()));
  }

  private X509v3CertificateBuilder builder(TestCa subject, int days, boolean ca) {
    try {
      return bare(subject, days)
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509v3CertificateBuilder bare(TestCa subject, int days) {
    return new JcaX509v3CertificateBuilder(
        name,
        BigInteger.valueOf(days + 1L),
        date(days),
        date(days + 365),
        subject.name,
        subject.keys.getPublic());
  }

  private ParsedCertificate sign(X509v3CertificateBuilder builder) {
    return read(builder.build(signer()));
  }

  private ContentSigner signer() {
    try {
      return new JcaContentSignerBuilder(algorithm)
          .setProvider(new BouncyCastleProvider())
          .build(keys.getPrivate());
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Date date(int days) {
    return Date.from(START.plus(days, ChronoUnit.DAYS));
  }

  private static ParsedCertificate read(X509CertificateHolder holder) {
    try {
      return ParsedCertificate.of(holder.getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
