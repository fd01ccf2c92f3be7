package org.certcollect.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.certcollect.admin.FileException;

/** Reads the CA certificates that are trusted instead of those of the JDK. */
public final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * The trust in the certificates of a PEM file.
   *
   * @throws FileException if it cannot be read
   * @throws IllegalArgumentException if it has no certificates
   */
  public static TrustManager read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int count = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry(Integer.toString(count++), each);
      }
      if (count == 0) {
        throw new IllegalArgumentException(file + " has no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return trust.getTrustManagers()[0];
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(file + " has no certificates in PEM", e);
    }
  }
}
