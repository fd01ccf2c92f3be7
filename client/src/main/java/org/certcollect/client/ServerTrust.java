package org.certcollect.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The servers that a client trusts. There is no setting that trusts every server: it would give
 * passwords to anybody in between.
 */
public final class ServerTrust {
  private final SSLContext context;

  private ServerTrust(SSLContext context) {
    this.context = context;
  }

  /** Trust in the CAs that this Java trusts; the default. */
  public static ServerTrust system() {
    try {
      return new ServerTrust(SSLContext.getDefault());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no usable TLS settings", e);
    }
  }

  /**
   * Trust in the CAs of a PEM file, and in no other. A server's self-signed certificate may stand
   * in the file as well. Blocks other than certificates are skipped, for example the private key in
   * the file that a server has made for itself. The host name is checked.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it has no certificate, or one that is not complete or that
   *     this Java cannot read
   */
  public static ServerTrust pemFile(Path file) throws IOException {
    return pem(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
  }

  /**
   * Trust in the CAs of a PEM text, as {@link #pemFile}.
   *
   * @throws IllegalArgumentException if it has no certificate, or one that is not complete or that
   *     this Java cannot read
   */
  public static ServerTrust pem(String text) {
    try {
      List<byte[]> certificates = PemBlocks.among(text);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("there is no complete PEM certificate to trust");
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] der : certificates) {
        trusted.setCertificateEntry(
            "ca" + trusted.size(), factory.generateCertificate(new ByteArrayInputStream(der)));
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      return of(managers.getTrustManagers());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("a certificate to trust cannot be read", e);
    }
  }

  /**
   * Trust in servers with one of these certificates, whoever has issued it, for whatever name and
   * time.
   *
   * @param sha256 the SHA-256 of each certificate's DER form in hexadecimal, with or without
   *     colons, or the whole line that {@code openssl x509 -fingerprint -sha256} prints
   * @throws IllegalArgumentException if there is none, or one is not 64 hexadecimal digits
   */
  public static ServerTrust pinned(String... sha256) {
    List<byte[]> pins = Arrays.stream(sha256).map(ServerTrust::digest).toList();
    if (pins.isEmpty()) {
      throw new IllegalArgumentException("there is no SHA-256 to trust");
    }
    try {
      return of(new PinnedCertificates(pins));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  private static byte[] digest(String hex) {
    String digits =
        hex.substring(hex.indexOf('=') + 1).strip().replace(":", "").toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a SHA-256 must have 64 hexadecimal digits");
    }
    return HexFormat.of().parseHex(digits);
  }

  private static ServerTrust of(TrustManager... managers) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers, null);
    return new ServerTrust(context);
  }

  SSLContext context() {
    return context;
  }
}
