package org.certcollect.cli.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as people and other programs write them, through the verbs. */
class GivenFilesTest {
  private static final String MARK = "\uFEFF";
  private static final String CHAIN =
      new String(Fixtures.bytes("chain-3.pem"), StandardCharsets.US_ASCII);

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void addAnOrder() {
    cli = new Cli(folder.resolve("data"));
    cli.done("account add acme");
    cli.done("order add --account acme --product ssl --number 5 --paid");
  }

  /** The intermediate alone was added, with exit code 0. */
  @Test
  void aByteOrderMarkLosesNoCaCertificate() throws IOException {
    String issuers = CHAIN.substring(CHAIN.indexOf("-----BEGIN", 20));

    cli.done("ca add " + file("cas.pem", MARK + issuers));

    assertThat(cli.run("ca list --json").out().lines()).hasSize(2);
  }

  @Test
  void aByteOrderMarkBeforeARequestIsPassedOver() throws IOException {
    String request = new String(Fixtures.bytes("request.csr"), StandardCharsets.US_ASCII);
    Path csr = file("marked.csr", MARK + request);

    cli.done("order add --account acme --product ssl --number 6 --csr " + csr);
  }

  @Test
  void aByteOrderMarkInAnImportIsPassedOver() throws IOException {
    String chain = (MARK + CHAIN).replace("\n", "\\n");
    String lines =
        """
        {"format":"certcollect","version":1}
        {"type":"order","number":7,"account":"acme","product":"ssl","state":"issued",\
        "created":"2026-02-03T04:05:06Z","certificates":[{"certificate":"%s"}]}
        """
            .formatted(chain);

    cli.done("import " + file("marked.jsonl", MARK + lines));

    assertThat(cli.run("order show 7").after("state")).isEqualTo("issued");
  }

  @Test
  void aBeginThatIsNotReadIsNamedWithItsLine() throws IOException {
    Path chain = file("chain.pem", "x " + CHAIN);

    Run run = cli.run("order issue 5 --certificate " + chain);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("chain.pem: line 1: text stands before -----BEGIN");
  }

  @Test
  void aSignatureThatCannotBeCheckedIsTakenOnlyUnverified() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    X509CertificateHolder root =
        builder("CN=Root", keys, true)
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    AlgorithmIdentifier unknown = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.3.4"));
    byte[] body =
        builder("CN=www", keys, false)
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
            .toASN1Structure()
            .getTBSCertificate()
            .getEncoded();
    ASN1Encodable[] parts = {ASN1Primitive.fromByteArray(body), unknown, new DERBitString(body)};
    Path leaf = Files.write(folder.resolve("leaf.der"), new DERSequence(parts).getEncoded());
    cli.done("ca add " + Files.write(folder.resolve("root.der"), root.getEncoded()));
    String issue = "order issue 5 --certificate " + leaf;

    Run refused = cli.run(issue);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("cannot be checked: unknown algorithm 1.2.3.4");
    Run taken = cli.run(issue + " --unverified --json");
    assertThat(taken.exit()).isZero();
    assertThat(taken.out().split("\"sha256\"", -1)).hasSize(3);

    Path export = folder.resolve("all.jsonl");
    cli.done("export -o " + export);
    Cli other = new Cli(folder.resolve("other"));
    assertThat(other.run("import " + export).err()).contains("unknown algorithm 1.2.3.4");
    other.done("import --unverified " + export);
  }

  private static X509v3CertificateBuilder builder(String subject, KeyPair keys, boolean isCa)
      throws IOException {
    return new X509v3CertificateBuilder(
            new X500Name("CN=Root"),
            BigInteger.ONE,
            Date.from(Instant.EPOCH),
            Date.from(Instant.parse("2090-01-01T00:00:00Z")),
            new X500Name(subject),
            SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
