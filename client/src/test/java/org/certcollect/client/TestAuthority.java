package org.certcollect.client;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.PemEncoder;

/** A CA of the tests, and the TLS certificates that it has issued. */
final class TestAuthority {
  private static final X500Name NAME = new X500Name("CN=Test Authority");
  private static final KeyPair KEYS = keys();

  static final String ROOT_PEM = new Issued(make("", KEYS, Duration.ofDays(1)), KEYS).pem();
  static final Issued LOCALHOST = issue("localhost", Duration.ofDays(1));
  static final Issued OTHER_HOST = issue("other.example.com", Duration.ofDays(1));
  static final Issued EXPIRED = issue("localhost", Duration.ofDays(-1));

  private TestAuthority() {}

  /** A certificate and its key. */
  record Issued(X509Certificate certificate, KeyPair keys) {
    String pem() {
      return block("CERTIFICATE", der());
    }

    String keyPem() {
      return block("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /** The SHA-256 with colons, as OpenSSL prints it. */
    String fingerprint() {
      try {
        return HexFormat.ofDelimiter(":")
            .withUpperCase()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(der()));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    private byte[] der() {
      try {
        return certificate.getEncoded();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    private static String block(String label, byte[] der) {
      return PemEncoder.block(label, Der.of(der));
    }
  }

  private static Issued issue(String host, Duration left) {
    KeyPair keys = keys();
    return new Issued(make(host, keys, left), keys);
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate make(String host, KeyPair subject, Duration left) {
    try {
      Instant now = Instant.now();
      boolean root = host.isEmpty();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              NAME,
              BigInteger.valueOf(now.toEpochMilli()),
              Date.from(now.minus(Duration.ofDays(2))),
              Date.from(now.plus(left)),
              root ? NAME : new X500Name("CN=" + host),
              subject.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(root));
      if (!root) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(KEYS.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException(e);
    }
  }
}
