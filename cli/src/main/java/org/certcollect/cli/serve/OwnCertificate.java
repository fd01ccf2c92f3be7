package org.certcollect.cli.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.Pem;
import org.certcollect.admin.PrivateFiles;
import org.certcollect.cli.serve.Authority.CertificateLifetime;
import org.certcollect.cli.serve.Authority.CertificateSubject;
import org.certcollect.server.config.TlsConfig;

/**
 * The self-signed certificate that the server creates if none is configured. The certificate and
 * its key are in one file, so that no process ever sees one without the other.
 */
public final class OwnCertificate {
  private static final Duration LIFE = Duration.ofDays(397);
  private static final Duration RENEWAL = Duration.ofDays(30);

  private final Path file;
  private final Clock clock;

  public OwnCertificate(DataFolder folder, Clock clock) {
    this.file = folder.file(DataFolder.SELF_SIGNED);
    this.clock = clock;
  }

  /** The certificate in the data folder. It is created if it is missing or expires soon. */
  public TlsConfig use(TlsConfig.Profile profile) {
    if (stored().filter(this::isValidForLong).isEmpty()) {
      PrivateFiles.replace(file, make().getBytes(StandardCharsets.US_ASCII));
    }
    return new TlsConfig(List.of(new TlsConfig.PemFiles(file, file)), profile);
  }

  private boolean isValidForLong(X509Certificate certificate) {
    Instant now = clock.instant();
    return certificate.getNotAfter().toInstant().isAfter(now.plus(RENEWAL))
        && !certificate.getNotBefore().toInstant().isAfter(now);
  }

  private Optional<X509Certificate> stored() {
    try {
      return Optional.of(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file))));
    } catch (IOException | CertificateException e) {
      return Optional.empty();
    }
  }

  private String make() {
    KeyPair keys = Authority.ecKeys();
    Instant now = clock.instant();
    // The clock of a client may be a little slow.
    CertificateLifetime validity =
        new CertificateLifetime(now.minus(Duration.ofHours(1)), now.plus(LIFE));
    CertificateSubject subject =
        new CertificateSubject(new X500Name("CN=localhost"), keys.getPublic(), names());
    try {
      return Pem.certificate(Authority.selfSigned(subject, keys, validity).getEncoded())
          + Pem.privateKey(keys.getPrivate().getEncoded());
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate just made cannot be encoded", e);
    }
  }

  private static List<GeneralName> names() {
    List<GeneralName> names = new ArrayList<>();
    names.add(new GeneralName(GeneralName.dNSName, "localhost"));
    hostName().ifPresent(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
    names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    names.add(new GeneralName(GeneralName.iPAddress, "::1"));
    return names;
  }

  private static Optional<String> hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      return Optional.of(name)
          .filter(host -> host.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?"))
          .filter(host -> !host.equals("localhost"));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
