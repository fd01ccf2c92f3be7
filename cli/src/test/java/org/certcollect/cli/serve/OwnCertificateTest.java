package org.certcollect.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.certcollect.admin.DataFolder;
import org.certcollect.server.config.TlsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCertificateTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @TempDir private Path folder;

  @Test
  void itIsAnEcCertificateForThisHostAloneReadableByItsOwner() throws Exception {
    Path file = use(NOW);
    X509Certificate certificate = read(file);

    assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(397)));
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).contains("-----BEGIN PRIVATE KEY-----");
  }

  @Test
  void itStaysUntilThirtyDaysBeforeItsEnd() throws Exception {
    X509Certificate first = read(use(NOW));

    assertThat(read(use(NOW.plus(Duration.ofDays(366))))).isEqualTo(first);
    assertThat(read(use(NOW.plus(Duration.ofDays(368))))).isNotEqualTo(first);
  }

  @Test
  void certificateMadeWhileTheClockWasAheadIsMadeAnew() throws Exception {
    X509Certificate ahead = read(use(NOW.plus(Duration.ofDays(2))));

    X509Certificate right = read(use(NOW));

    assertThat(right).isNotEqualTo(ahead);
    right.checkValidity(Date.from(NOW));
  }

  @Test
  void damagedFileIsMadeAnew() throws Exception {
    Files.writeString(folder.resolve("self-signed.pem"), "nothing");
    assertThat(read(use(NOW))).isNotNull();
  }

  private Path use(Instant now) {
    new OwnCertificate(new DataFolder(folder), Clock.fixed(now, ZoneOffset.UTC))
        .use(TlsConfig.Profile.INTERMEDIATE);
    return folder.resolve(DataFolder.SELF_SIGNED);
  }

  private static X509Certificate read(Path file) throws Exception {
    return (X509Certificate)
        List.copyOf(
                CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                        new ByteArrayInputStream(
                            Files.readString(file)
                                .replaceAll("(?s)-----BEGIN PRIVATE KEY.*", "")
                                .getBytes(StandardCharsets.US_ASCII))))
            .get(0);
  }
}
