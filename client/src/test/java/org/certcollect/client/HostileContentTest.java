package org.certcollect.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.format.CertificateSets;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.PemEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contents of answers that are unusual, not what was asked for, or attacks. */
@Timeout(60)
class HostileContentTest {
  private static final CollectQuery<CertificateChain> QUERY =
      CollectQuery.serverCertificate(AccountLogin.of("acme", "secret"), 5);
  private static final List<Der> CHAIN = Fixtures.chain("chain-4").stream().map(Der::of).toList();
  private static final CertificateChain EXPECTED =
      new CertificateChain(Optional.of(CHAIN.get(0)), CHAIN.subList(1, 4));

  private static <C> C read(CollectQuery<C> query, byte[] content) throws CollectException {
    String answer = "2\n" + PemEncoder.base64(content);
    return new AnswerReader<>(query).read(answer.getBytes(ISO_8859_1)).orElseThrow();
  }

  private static void assertInvalid(CollectQuery<?> query, byte[] content, Kind kind) {
    assertThatThrownBy(() -> read(query, content))
        .isInstanceOfSatisfying(
            InvalidAnswerException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.isTemporary()).isEqualTo(kind == Kind.BAD_CERTIFICATES);
            });
  }

  private static byte[] zip(Object... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndTexts[i]));
        zip.write(((String) namesAndTexts[i + 1]).getBytes(ISO_8859_1));
      }
    }
    return bytes.toByteArray();
  }

  private static String pem(Der... certificates) {
    return PemEncoder.certificates(Arrays.asList(certificates));
  }

  @Test
  void certificatesInAnyOrderBecomeAChain() throws Exception {
    List<Der> mixed = new ArrayList<>(CHAIN);
    for (int seed = 0; seed < 24; seed++) {
      Collections.shuffle(mixed, new Random(seed));
      Der[] all = mixed.toArray(Der[]::new);
      assertThat(read(QUERY.asPkcs7(), CertificateSets.pkcs7(mixed).bytes()).chain())
          .isEqualTo(EXPECTED);
      assertThat(read(QUERY.asNetscapeSequence(), CertificateSets.netscapeSequence(mixed).bytes()))
          .extracting(CertificateStructure::chain)
          .isEqualTo(EXPECTED);
      assertThat(read(QUERY.asZip(), zip("README", "Thank you", "all", pem(all))).chain())
          .isEqualTo(EXPECTED);
      assertThat(
              new AnswerReader<>(QUERY)
                  .read(("2\n" + pem(all)).getBytes(ISO_8859_1))
                  .certificates())
          .contains(EXPECTED);
    }
  }

  @Test
  void chainsOfAllKindsKeepTheirOrder() throws Exception {
    for (String name :
        List.of("chain-10", "cross-signed", "ed25519", "short-intermediate", "utf8-subject")) {
      List<Der> chain = Fixtures.chain(name).stream().map(Der::of).toList();

      CertificateChain read = read(QUERY.asPkcs7(), CertificateSets.pkcs7(chain).bytes()).chain();

      assertThat(read.certificate()).as(name).contains(chain.get(0));
      assertThat(read.caCertificates()).as(name).isEqualTo(chain.subList(1, chain.size()));
    }
  }

  /** The JDK sorts the set by length, as DER demands. */
  @Test
  void pkcs7OfTheJdkIsRead() throws Exception {
    byte[] sorted =
        CertificateFactory.getInstance("X.509")
            .generateCertPath(Fixtures.certificates("chain-4"))
            .getEncoded("PKCS7");

    assertThat(read(QUERY.asPkcs7(), sorted).chain()).isEqualTo(EXPECTED);
  }

  @Test
  void pkcs7WithIndefiniteLengthsIsRead() throws Exception {
    ByteArrayOutputStream ber = new ByteArrayOutputStream();
    HexFormat hex = HexFormat.of();
    ber.writeBytes(hex.parseHex("308006092A864886F70D010702A0803080" + "020101" + "3100"));
    ber.writeBytes(hex.parseHex("308006092A864886F70D0107010000" + "A080"));
    CHAIN.forEach(certificate -> ber.writeBytes(certificate.bytes()));
    ber.writeBytes(hex.parseHex("0000" + "3100" + "000000000000"));

    assertThat(read(QUERY.asPkcs7(), ber.toByteArray()).chain()).isEqualTo(EXPECTED);
  }

  @Test
  void unrelatedCertificatesKeepTheirOrder() throws Exception {
    Der other = Der.of(Fixtures.chain("chain-1").get(0));
    List<Der> unrelated = List.of(CHAIN.get(0), other);

    CertificateChain chain =
        read(QUERY.asPkcs7(), CertificateSets.pkcs7(unrelated).bytes()).chain();

    assertThat(chain.certificate()).contains(CHAIN.get(0));
    assertThat(chain.caCertificates()).containsExactly(other);
  }

  @Test
  void anotherFormThanTheOneThatWasAskedForIsToldAsSuch() throws Exception {
    byte[] pkcs7 = CertificateSets.pkcs7(CHAIN).bytes();
    byte[] netscape = CertificateSets.netscapeSequence(CHAIN).bytes();
    byte[] zip = zip("www.crt", pem(CHAIN.get(0)));
    byte[] certificate = CHAIN.get(0).bytes();

    for (byte[] wrong : List.of(netscape, certificate)) {
      assertInvalid(QUERY.asPkcs7(), wrong, Kind.NOT_AS_ASKED);
    }
    for (byte[] wrong : List.of(pkcs7, certificate)) {
      assertInvalid(QUERY.asNetscapeSequence(), wrong, Kind.NOT_AS_ASKED);
    }
    for (byte[] wrong : List.of(pkcs7, netscape, certificate)) {
      assertInvalid(QUERY.asZip(), wrong, Kind.NOT_AS_ASKED);
    }
    for (byte[] wrong : List.of(pkcs7, netscape, certificate, zip)) {
      assertInvalid(QUERY, wrong, Kind.NOT_AS_ASKED);
    }
    // Netscape's form has the markers of a certificate.
    String armoured = PemEncoder.block("CERTIFICATE", Der.of(netscape));
    assertThatThrownBy(
            () -> new AnswerReader<>(QUERY).read(("2\n" + armoured).getBytes(ISO_8859_1)))
        .isInstanceOfSatisfying(
            InvalidAnswerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_AS_ASKED));
    assertInvalid(
        QUERY.asZip().part(QueryType.END_ENTITY),
        zip("all", pem(CHAIN.toArray(Der[]::new))),
        Kind.NOT_AS_ASKED);
  }

  @Test
  void structureWithoutCertificatesIsRefused() throws Exception {
    assertInvalid(QUERY.asPkcs7(), CertificateSets.pkcs7(List.of()).bytes(), Kind.BAD_CERTIFICATES);
    assertInvalid(
        QUERY.asNetscapeSequence(),
        CertificateSets.netscapeSequence(List.of()).bytes(),
        Kind.BAD_CERTIFICATES);
    assertInvalid(QUERY.asZip(), zip("README", "Thank you"), Kind.BAD_CERTIFICATES);
    assertThat(read(QUERY.asZip().part(QueryType.CA_BUNDLE), zip()).chain().caCertificates())
        .isEmpty();
  }

  @Test
  void archiveThatInflatesToMuchMoreIsNotReadToTheEnd() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(packed)) {
      zip.putNextEntry(new ZipEntry("www.crt"));
      byte[] zeros = new byte[1 << 20];
      for (int mebibytes = 0; mebibytes < 400; mebibytes++) {
        zip.write(zeros);
      }
    }
    byte[] bomb = packed.toByteArray();

    assertThat(bomb).hasSizeLessThan(1 << 20);
    assertInvalid(QUERY.asZip(), bomb, Kind.TOO_LARGE);
  }

  @Test
  void thousandsOfCertificatesAreTooLarge() throws Exception {
    byte[] smallest = HexFormat.of().parseHex("300F300A0201013000300030003000300003" + "00");
    smallest[1] = (byte) (smallest.length - 2);
    smallest[3] = (byte) (smallest.length - 8);
    List<Der> many = Collections.nCopies(30_000, Der.of(smallest));

    assertInvalid(QUERY.asPkcs7(), CertificateSets.pkcs7(many).bytes(), Kind.TOO_LARGE);
  }

  /** Broke once: they were counted after each had become an object and a copy. */
  @Test
  void elementsAreCountedBeforeTheyAreCopied() throws Exception {
    byte[] empty = new byte[2 * 350_000];
    for (int i = 0; i < empty.length; i += 2) {
      empty[i] = 0x05;
    }
    ByteArrayOutputStream sequence = new ByteArrayOutputStream();
    sequence.writeBytes(HexFormat.of().parseHex("3083" + "0AAE60"));
    sequence.writeBytes(empty);

    assertThatThrownBy(() -> DerElement.whole(sequence.toByteArray()).children())
        .isInstanceOfSatisfying(
            InvalidAnswerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
  }

  /** Broke once: the end record was looked for in one place only. */
  @Test
  void archiveMayHaveAComment() throws Exception {
    byte[] plain = zip("all", pem(CHAIN.toArray(Der[]::new)));
    for (int length : new int[] {1, 22, 300, 0xFFFF}) {
      byte[] commented = Arrays.copyOf(plain, plain.length + length);
      commented[plain.length - 2] = (byte) length;
      commented[plain.length - 1] = (byte) (length >> 8);

      assertThat(read(QUERY.asZip(), commented).chain()).isEqualTo(EXPECTED);
      byte[] cut = Arrays.copyOf(commented, commented.length - 1);
      assertInvalid(QUERY.asZip(), cut, Kind.BAD_CERTIFICATES);
    }
  }

  @Test
  void nestedIndefiniteLengthsDoNotExhaustTheStack() {
    assertInvalid(
        QUERY.asPkcs7(),
        HexFormat.of().parseHex("3080".repeat(300_000) + "0000".repeat(300_000)),
        Kind.BAD_CERTIFICATES);
  }

  /** Every failure is a documented one, into whatever a byte is turned. */
  @Test
  void damagedContentIsNeverAnUnexpectedException() throws Exception {
    Random random = new Random(11);
    byte[] zip = zip("www.ca-bundle", pem(CHAIN.get(1)), "www.crt", pem(CHAIN.get(0)));
    for (int round = 0; round < 4_000; round++) {
      CollectQuery<?> query =
          List.of(QUERY.asPkcs7(), QUERY.asNetscapeSequence(), QUERY.asZip()).get(round % 3);
      byte[] content =
          List.of(
                  CertificateSets.pkcs7(CHAIN).bytes(),
                  CertificateSets.netscapeSequence(CHAIN).bytes(),
                  zip.clone())
              .get(round % 3);
      int headers = round % 2 == 0 ? content.length : 120;
      for (int i = 0; i < 1 + round % 4; i++) {
        content[random.nextInt(headers)] = (byte) random.nextInt();
      }
      byte[] damaged =
          round % 5 == 0 ? Arrays.copyOf(content, random.nextInt(content.length)) : content;

      assertThatCode(
              () -> {
                try {
                  read(query, damaged);
                } catch (InvalidAnswerException e) {
                  // As documented.
                }
              })
          .as("round %d", round)
          .doesNotThrowAnyException();
    }
  }
}
