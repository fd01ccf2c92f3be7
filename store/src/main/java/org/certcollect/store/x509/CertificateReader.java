package org.certcollect.store.x509;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.certcollect.store.RefusedException;

/**
 * Reads certificates from files: PEM, one block or many; DER; PKCS#7 of certificates alone, as PEM
 * or DER. What is wrong with a file is said with its name.
 */
public final class CertificateReader {
  /** The most bytes that a file may have. */
  public static final int MAX_FILE = 1 << 20;

  /** The most bytes that the DER of one certificate may have. */
  public static final int MAX_CERTIFICATE = 64 << 10;

  private final String source;

  private CertificateReader(String source) {
    this.source = source;
  }

  /**
   * The certificates of a file, at least one, in their order.
   *
   * @param source how messages call the file
   * @throws RefusedException when it holds none, a private key, or anything that cannot be read
   */
  public static List<X509Certificate> read(byte[] file, String source) {
    return new CertificateReader(source).read(file);
  }

  /** A stored certificate, parsed. */
  static X509Certificate parse(Certificate certificate) {
    CertificateReader reader = new CertificateReader("certificate " + certificate.fingerprint());
    return reader.certificate(certificate.der());
  }

  private List<X509Certificate> read(byte[] file) {
    if (file.length == 0) {
      throw refused("it is empty");
    }
    if (file.length > MAX_FILE) {
      throw refused("it has more than " + MAX_FILE + " bytes");
    }
    List<X509Certificate> certificates = PemBlocks.isPem(file) ? pem(file) : der(file);
    certificates.forEach(this::checkSize);
    return List.copyOf(certificates);
  }

  private List<X509Certificate> pem(byte[] file) {
    List<X509Certificate> certificates = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (PemBlocks.Block block : blocks(file)) {
      if (block.isPrivateKey()) {
        throw refused("it holds a private key, which does not belong here: give certificates only");
      }
      switch (block.label()) {
        case "CERTIFICATE", "X509 CERTIFICATE" -> certificates.add(certificate(block.content()));
        case "PKCS7" -> certificates.addAll(pkcs7(block.content()));
        default -> others.add(block.label());
      }
    }
    if (certificates.isEmpty()) {
      throw refused(
          others.isEmpty()
              ? "it holds no certificate"
              : "it holds no certificate, but " + String.join(", ", others));
    }
    return certificates;
  }

  private List<PemBlocks.Block> blocks(byte[] file) {
    try {
      return PemBlocks.of(file);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private List<X509Certificate> der(byte[] file) {
    return switch (DerKind.of(file)) {
      case CERTIFICATE -> List.of(certificate(file));
      case PKCS7 -> pkcs7(file);
      case KEY -> throw refused("it is a private key or a key store: give certificates only");
      case OTHER -> throw refused("it is neither PEM nor DER of a certificate");
    };
  }

  private X509Certificate certificate(byte[] der) {
    if (der.length > MAX_CERTIFICATE) {
      throw refused("a certificate has more than " + MAX_CERTIFICATE + " bytes");
    }
    try {
      X509Certificate certificate =
          (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
      if (certificate.getEncoded().length != der.length) {
        throw refused("a certificate is followed by other bytes");
      }
      return certificate;
    } catch (CertificateException e) {
      throw refused("a certificate cannot be read: " + e.getMessage());
    }
  }

  private List<X509Certificate> pkcs7(byte[] der) {
    try {
      Collection<? extends java.security.cert.Certificate> found =
          factory().generateCertificates(new ByteArrayInputStream(der));
      if (found.isEmpty()) {
        throw refused("its PKCS#7 holds no certificate");
      }
      return found.stream().map(X509Certificate.class::cast).toList();
    } catch (CertificateException e) {
      throw refused("its PKCS#7 cannot be read: " + e.getMessage());
    }
  }

  private void checkSize(X509Certificate certificate) {
    if (Encodings.der(certificate).length > MAX_CERTIFICATE) {
      throw refused("a certificate has more than " + MAX_CERTIFICATE + " bytes");
    }
  }

  private RefusedException refused(String problem) {
    return new RefusedException(RefusedException.Reason.BAD_CERTIFICATE, source + ": " + problem);
  }

  private static CertificateFactory factory() throws CertificateException {
    return CertificateFactory.getInstance("X.509");
  }
}
