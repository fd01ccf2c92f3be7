package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.domain.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forms of PEM in which a certificate was lost without a word. */
class PemTextTest {
  private static final List<ParsedCertificate> CHAIN = TestCa.fixture("chain-3");
  private static final String PEM =
      new String(Fixtures.bytes("chain-3.pem"), StandardCharsets.US_ASCII);
  private static final String MARK = "\uFEFF";

  @TempDir private Path folder;

  @Test
  void everyCertificateThatOpenSslFindsIsRead() {
    OpenSslJudge openSsl = new OpenSslJudge(folder);
    String joined = "";
    for (ParsedCertificate certificate : CHAIN) {
      joined += MARK + OpenSslJudge.pemOf("CERTIFICATE", certificate.der());
    }
    List<String> files =
        List.of(
            PEM,
            MARK + PEM,
            joined,
            PEM.replace("\n", "\r\n"),
            "subject: text\n" + PEM,
            PEM.replace("BEGIN CERT", "BEGIN X509 CERT").replace("END CERT", "END X509 CERT"));
    for (String file : files) {
      assertThat(read(file)).isEqualTo(CHAIN);
      assertThat(openSsl.count(file.replace(MARK, "").getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(3);
    }
    assertThat(openSsl.count((MARK + PEM).getBytes(StandardCharsets.UTF_8))).isEqualTo(3);
  }

  @Test
  void aTextOfWindowsInUtf16IsRead() {
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertThat(CertificateReader.read((MARK + PEM).getBytes(charset), "x")).isEqualTo(CHAIN);
    }
  }

  @Test
  void aFileOfTwoEncodingsIsRefusedAndLosesNoBlock() throws Exception {
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] wide = (MARK + PEM).getBytes(charset);
      byte[] narrow = PEM.getBytes(StandardCharsets.US_ASCII);
      for (List<byte[]> parts : List.of(List.of(wide, narrow), List.of(narrow, wide))) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] part : parts) {
          file.write(part);
        }
        assertThatThrownBy(() -> CertificateReader.read(file.toByteArray(), "x"))
            .isInstanceOf(RefusedException.class)
            .hasMessage("x: it mixes UTF-16 and other text");
      }
    }
  }

  /** Lines were counted from the beginning for each block: 1 MB took 34 seconds. */
  @Test
  @Timeout(10)
  void linesAreCountedOnceInAFileOfManyBlocks() {
    String block = "-----BEGIN X-----\n-----END X-----\r\n\r";
    int count = (1 << 20) / block.length();

    List<PemText.Block> blocks =
        PemText.blocks(block.repeat(count).getBytes(StandardCharsets.US_ASCII));

    assertThat(blocks).hasSize(count);
    assertThat(blocks.get(count - 1).line()).isEqualTo(3 * (count - 1) + 1);
  }

  @Test
  void aTrustedCertificateIsReadBesideOthers() throws Exception {
    ByteArrayOutputStream trusted = new ByteArrayOutputStream();
    trusted.write(CHAIN.get(1).der());
    // A CertAux: trusted for servers.
    trusted.write(Base64.getDecoder().decode("MAwwCgYIKwYBBQUHAwE="));
    String file =
        OpenSslJudge.pemOf("CERTIFICATE", CHAIN.get(0).der())
            + OpenSslJudge.pemOf("TRUSTED CERTIFICATE", trusted.toByteArray());

    assertThat(read(file)).isEqualTo(CHAIN.subList(0, 2));
    assertThat(new OpenSslJudge(folder).count(file.getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(2);
  }

  @Test
  void aBlockMayBeginOnTheLineOnWhichAnotherEnds() {
    String file =
        PEM.replace("-----END CERTIFICATE-----\n-----BEGIN", "-----END CERTIFICATE----------BEGIN");

    assertThat(file).contains("----------");
    assertThat(read(file)).isEqualTo(CHAIN);
  }

  @Test
  void blanksTabsAndEmptyLinesInBase64ArePassedOver() {
    String spaced = PEM.replaceAll("(?m)^([A-Za-z0-9+/=]{4})", "$1 \t \n\n\u000B\f ");

    assertThat(spaced).isNotEqualTo(PEM);
    assertThat(read(spaced)).isEqualTo(CHAIN);
  }

  @Test
  void pkcs7IsReadUnderEveryLabel() {
    byte[] pkcs7 = Fixtures.bytes("p7/chain-3.p7b.der");
    for (String label : List.of("PKCS7", "CMS", "PKCS #7 SIGNED DATA", "CERTIFICATE")) {
      assertThat(read(OpenSslJudge.pemOf(label, pkcs7))).containsExactlyInAnyOrderElementsOf(CHAIN);
    }
    assertThat(read(OpenSslJudge.pemOf("PKCS7", CHAIN.get(0).der())))
        .isEqualTo(CHAIN.subList(0, 1));
  }

  @Test
  void aBeginThatIsNotReadIsNamedWithItsLine() {
    assertRefused(PEM + "text -----BEGIN CERTIFICATE-----\n", "text stands before -----BEGIN");
    assertRefused(PEM + "-----BEGIN CERTIFICATE----\n", "-----BEGIN is not followed by a label");
    assertRefused(PEM + "-----BEGINCERTIFICATE-----\n", "-----BEGIN is not followed by a label");
    assertRefused(
        PEM + OpenSslJudge.pemOf("X509 CRL", new byte[9]), "a block of X509 CRL does not belong");
  }

  @Test
  void aBlockWithoutAnEndIsNamedWithItsLine() {
    String file = PEM + "-----BEGIN CERTIFICATE-----\nMAA=\n" + PEM;

    assertThatThrownBy(() -> read(file))
        .hasMessage("x: its CERTIFICATE block has no end: see line " + (lines(PEM) + 1));
  }

  private static void assertRefused(String file, String message) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("x: line " + (lines(PEM) + 1) + ": " + message);
  }

  private static long lines(String text) {
    return text.lines().count();
  }

  private static List<ParsedCertificate> read(String file) {
    return CertificateReader.read(file.getBytes(StandardCharsets.UTF_8), "x");
  }
}
