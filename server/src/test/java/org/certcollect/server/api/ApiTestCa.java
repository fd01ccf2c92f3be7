package org.certcollect.server.api;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.certcollect.admin.Pem;

/** A CA with its keys, and those of its subjects. */
final class ApiTestCa {
  private static final X500Principal NAME = new X500Principal("CN=API test CA");
  private static final String ALGORITHM = "SHA256withECDSA";

  private final KeyPair keys = keys();
  private final String root = certificate(NAME.getName(), keys, true);

  static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The CA's own certificate. */
  String root() {
    return root;
  }

  /** A certificate for a server. */
  String issue(String domain, KeyPair subject) {
    return certificate("CN=" + domain, subject, false);
  }

  static String request(String domain, KeyPair subject) {
    try {
      return Pem.signingRequest(
          new JcaPKCS10CertificationRequestBuilder(
                  new X500Principal("CN=" + domain), subject.getPublic())
              .build(new JcaContentSignerBuilder(ALGORITHM).build(subject.getPrivate()))
              .getEncoded());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String certificate(String name, KeyPair subject, boolean isCa) {
    try {
      Instant start = Instant.now().minus(1, ChronoUnit.HOURS);
      var builder =
          new JcaX509v3CertificateBuilder(
              NAME,
              BigInteger.valueOf(System.nanoTime()),
              Date.from(start),
              Date.from(start.plus(90, ChronoUnit.DAYS)),
              new X500Principal(name),
              subject.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
      if (!isCa) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, name.substring(3))));
      }
      return Pem.certificate(
          builder
              .build(new JcaContentSignerBuilder(ALGORITHM).build(keys.getPrivate()))
              .getEncoded());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
