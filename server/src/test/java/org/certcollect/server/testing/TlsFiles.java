package org.certcollect.server.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.config.TlsConfig.PemFiles;

/** Makes a self-signed certificate for localhost. */
public final class TlsFiles {
  private TlsFiles() {}

  /** A certificate with an EC key, valid from yesterday to tomorrow, as PEM files in a folder. */
  public static TlsConfig in(Path folder, TlsConfig.Profile profile) {
    return new TlsConfig(List.of(pem(folder, "tls", "EC")), profile);
  }

  /** The names of the files of {@link #in}. */
  public static PemFiles files(Path folder) {
    return new PemFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"));
  }

  /** A certificate with an EC or RSA key, as {@code NAME.crt} and {@code NAME.key}. */
  public static PemFiles pem(Path folder, String name, String type) {
    PemFiles files = new PemFiles(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    KeyPair pair = keys(type);
    try {
      byte[] certificate = selfSigned(pair, Instant.now().plus(1, ChronoUnit.DAYS)).getEncoded();
      Files.writeString(files.certificate(), pem("CERTIFICATE", certificate));
      Files.writeString(files.key(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      return files;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new EC or RSA key. */
  public static KeyPair keys(String type) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      generator.initialize(type.equals("EC") ? 256 : 2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A self-signed certificate for localhost. */
  public static X509Certificate selfSigned(KeyPair pair, Instant end) {
    return issue("localhost", pair.getPublic(), end, "localhost", pair.getPrivate());
  }

  /** A certificate for one name that another issued. */
  public static X509Certificate issue(
      String name, PublicKey key, Instant end, String issuer, PrivateKey signer) {
    String signature = "SHA256with" + (signer.getAlgorithm().equals("EC") ? "ECDSA" : "RSA");
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              new JcaX509v3CertificateBuilder(
                      new X500Name("CN=" + issuer),
                      BigInteger.ONE,
                      Date.from(Instant.now().minus(1, ChronoUnit.DAYS)),
                      Date.from(end),
                      new X500Name("CN=" + name),
                      key)
                  .build(new JcaContentSignerBuilder(signature).build(signer)));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, lines, label);
  }
}
