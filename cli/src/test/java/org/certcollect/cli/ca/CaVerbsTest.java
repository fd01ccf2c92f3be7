package org.certcollect.cli.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaVerbsTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void useAFolder() {
    cli = new Cli(folder.resolve("data"));
  }

  @Test
  void caCertificateIsKeptOnceAndListed() throws IOException {
    Path root = Files.write(folder.resolve("root.der"), Fixtures.chain("chain-3").get(2));

    assertThat(cli.run("ca add " + root).out())
        .isEqualTo("CN=Example Root CA E0,O=Example is added\n");
    assertThat(cli.run("ca add " + root + " --json").out()).contains("\"new\":false");
    assertThat(cli.run("ca list --json").lines()).hasSize(1);
    assertThat(cli.run("ca list").out()).contains("SUBJECT", "Example Root CA E0");
  }

  @Test
  void fileWithAnythingButCaCertificatesIsRefusedAsAWhole() throws IOException {
    Path chain = Files.write(folder.resolve("chain.pem"), Fixtures.bytes("chain-3.pem"));

    Run run = cli.run("ca add " + chain);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("chain.pem", "CN=www.example.com", "nothing was added");
    assertThat(cli.run("ca list").exit()).isEqualTo(3);
  }

  @Test
  void rootThatDoesNotSayWhatItIsIsKeptAsChainsTakeIt() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    X500Name name = new X500Name("CN=Silent Root");
    byte[] der =
        new X509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(Instant.EPOCH),
                Date.from(Instant.parse("2090-01-01T00:00:00Z")),
                name,
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
            .getEncoded();

    Run run = cli.run("ca add " + Files.write(folder.resolve("root.der"), der));

    assertThat(run.out()).isEqualTo("CN=Silent Root is added\n");
  }

  @Test
  void noFileIsWrongUsage() {
    assertThat(cli.run("ca add").exit()).isEqualTo(2);
    assertThat(cli.run("ca add " + folder.resolve("none")).exit()).isEqualTo(2);
  }
}
