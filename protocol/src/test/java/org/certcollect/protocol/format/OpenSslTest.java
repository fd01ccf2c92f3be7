package org.certcollect.protocol.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.v106.ResponseType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL reads every chain in every form, in the order of docs/protocol.md, section 5. */
class OpenSslTest {
  private static final String CHAINS = "org.certcollect.protocol.fixtures.Fixtures#chains";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource(CHAINS)
  void x509ReadsEachBlockOnItsOwn(String chain) throws Exception {
    List<byte[]> rootFirst = new ArrayList<>(Fixtures.chain(chain));
    Collections.reverse(rootFirst);
    String pem = Encoded.text(chain, QueryType.EVERYTHING, ResponseType.INDIVIDUALLY);
    List<String> blocks = BLOCK.matcher(pem).results().map(block -> block.group()).toList();
    assertThat(blocks).hasSameSizeAs(rootFirst);
    for (int i = 0; i < blocks.size(); i++) {
      file("block.pem", blocks.get(i) + "\n");
      Tools.run(
          folder, "openssl", "x509", "-in", "block.pem", "-outform", "DER", "-out", "block.der");
      assertThat(Files.readAllBytes(folder.resolve("block.der"))).isEqualTo(rootFirst.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource(CHAINS)
  void pkcs7PrintsTheEndEntityFirstFromText(String chain) throws Exception {
    file("chain.p7b", Encoded.text(chain, QueryType.EVERYTHING, ResponseType.PKCS7));
    String printed = Tools.run(folder, "openssl", "pkcs7", "-in", "chain.p7b", "-print_certs");
    assertSame(printed, Fixtures.chain(chain));
  }

  @ParameterizedTest
  @MethodSource(CHAINS)
  void pkcs7PrintsTheEndEntityFirstFromBinary(String chain) throws Exception {
    Files.write(folder.resolve("chain.p7b"), Encoded.pkcs7(chain));
    String printed =
        Tools.run(folder, "openssl", "pkcs7", "-inform", "DER", "-in", "chain.p7b", "-print_certs");
    assertSame(printed, Fixtures.chain(chain));
  }

  @ParameterizedTest
  @MethodSource(CHAINS)
  void nseqPrintsTheEndEntityFirst(String chain) throws Exception {
    file("chain.pem", Encoded.text(chain, QueryType.EVERYTHING, ResponseType.NETSCAPE_SEQUENCE));
    String printed = Tools.run(folder, "openssl", "nseq", "-in", "chain.pem");
    assertSame(printed, Fixtures.chain(chain));
  }

  @ParameterizedTest
  @MethodSource(CHAINS)
  void verifyTrustsTheEndEntityByOurBundle(String chain) throws Exception {
    file("leaf.pem", Encoded.text(chain, QueryType.END_ENTITY, ResponseType.INDIVIDUALLY));
    String bundle = Encoded.text(chain, QueryType.CA_BUNDLE, ResponseType.INDIVIDUALLY);
    file("bundle.pem", bundle);
    // The bundle begins with its root; a chain of one is its own.
    boolean alone = bundle.isEmpty();
    String root = alone ? "leaf.pem" : "root.pem";
    if (!alone) {
      file(
          "root.pem",
          bundle.substring(0, bundle.indexOf("-----END")) + "-----END CERTIFICATE-----\n");
    }
    String untrusted = alone ? "leaf.pem" : "bundle.pem";
    long time = IssuedFixtures.of(chain, 1).notBefore().getEpochSecond() + 86_400;
    String printed =
        Tools.run(
            folder,
            "openssl",
            "verify",
            "-attime",
            Long.toString(time),
            "-no-CApath",
            "-no-CAstore",
            "-CAfile",
            root,
            "-untrusted",
            untrusted,
            "leaf.pem");
    assertThat(printed).isEqualTo("leaf.pem: OK\n");
  }

  private void file(String name, String content) throws Exception {
    Files.writeString(folder.resolve(name), content, US_ASCII);
  }

  private static void assertSame(String printed, List<byte[]> certificates) {
    List<byte[]> ders =
        BLOCK
            .matcher(printed)
            .results()
            .map(block -> Base64.getMimeDecoder().decode(block.group(1)))
            .toList();
    assertThat(ders).usingRecursiveComparison().isEqualTo(certificates);
  }
}
