package org.certcollect.protocol.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.util.Selector;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.cells.Unpacked;
import org.certcollect.protocol.cells.Unpacked.Form;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.v106.ResponseType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bouncy Castle, keytool and the JDK's own parser read every chain. */
class JavaReadersTest {
  private static final String CHAINS = "org.certcollect.protocol.fixtures.Fixtures#chains";
  private static final Selector<X509CertificateHolder> ALL =
      new Selector<>() {
        @Override
        public boolean match(X509CertificateHolder certificate) {
          return true;
        }

        @Override
        public Object clone() {
          return this;
        }
      };

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource(CHAINS)
  void bouncyCastleSeesThePkcs7CertificatesInOurOrder(String chain) throws Exception {
    CMSSignedData data = new CMSSignedData(Encoded.pkcs7(chain));
    assertThat(data.isCertificateManagementMessage()).isTrue();
    List<byte[]> ders = new ArrayList<>();
    for (X509CertificateHolder certificate : data.getCertificates().getMatches(ALL)) {
      ders.add(certificate.getEncoded());
    }
    assertThat(ders).usingRecursiveComparison().isEqualTo(Fixtures.chain(chain));
  }

  @ParameterizedTest
  @MethodSource(CHAINS)
  void theStructuresAreDefiniteInLengthAndInOrder(String chain) throws Exception {
    String pkcs7 = Encoded.text(chain, QueryType.EVERYTHING, ResponseType.PKCS7);
    String netscape = Encoded.text(chain, QueryType.EVERYTHING, ResponseType.NETSCAPE_SEQUENCE);
    List<byte[]> expected = Fixtures.chain(chain);
    assertThat(Unpacked.of(Form.PKCS7, pkcs7).certificates())
        .usingRecursiveComparison()
        .isEqualTo(expected);
    assertThat(Unpacked.of(Form.NETSCAPE, netscape).certificates())
        .usingRecursiveComparison()
        .isEqualTo(expected);
  }

  @Test
  void aSetThatDerWouldSortKeepsTheEndEntityFirst() throws Exception {
    List<byte[]> chain = Fixtures.chain("short-intermediate");
    assertThat(chain.get(1)).as("DER sorts by bytes").hasSizeLessThan(chain.get(0).length);
    String text = Encoded.text("short-intermediate", QueryType.EVERYTHING, ResponseType.PKCS7);
    assertThat(Unpacked.of(Form.PKCS7, text).certificates().get(0)).isEqualTo(chain.get(0));
  }

  @ParameterizedTest
  @MethodSource(CHAINS)
  void theJdkReadsPemAndPkcs7(String chain) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    String pem = Encoded.text(chain, QueryType.EVERYTHING, ResponseType.INDIVIDUALLY);
    byte[] pkcs7 = Encoded.pkcs7(chain);
    List<Certificate> expected = List.copyOf(Fixtures.certificates(chain));
    assertThat(read(factory, pem.getBytes(US_ASCII))).hasSameElementsAs(expected);
    assertThat(read(factory, pkcs7)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource(CHAINS)
  void keytoolPrintsAsManyCertificatesAsThereAre(String chain) throws Exception {
    Path file = folder.resolve("chain.pem");
    Files.writeString(
        file, Encoded.text(chain, QueryType.EVERYTHING, ResponseType.INDIVIDUALLY), US_ASCII);
    String printed =
        Tools.run(
            folder, "keytool", "-J-XX:TieredStopAtLevel=1", "-printcert", "-file", "chain.pem");
    assertThat(printed.lines().filter(line -> line.startsWith("Owner: ")))
        .hasSameSizeAs(Fixtures.chain(chain));
  }

  private static List<Certificate> read(CertificateFactory factory, byte[] bytes)
      throws CertificateException {
    return List.copyOf(factory.generateCertificates(new ByteArrayInputStream(bytes)));
  }
}
