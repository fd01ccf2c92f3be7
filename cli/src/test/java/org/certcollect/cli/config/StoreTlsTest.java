package org.certcollect.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.cli.serve.Authority;
import org.certcollect.cli.serve.Authority.CertificateLifetime;
import org.certcollect.cli.serve.Authority.CertificateSubject;
import org.certcollect.store.testing.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that takes connections with TLS alone, and has a certificate for 127.0.0.1. */
class StoreTlsTest {
  private static final Authority CA = root("Database CA");

  private static PostgresServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void startServer() throws GeneralSecurityException {
    KeyPair keys = Authority.ecKeys();
    GeneralName address = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
    CertificateSubject subject =
        new CertificateSubject(new X500Name("CN=db"), keys.getPublic(), List.of(address));
    X509Certificate certificate = CA.issue(subject, validity()).get(0);
    server =
        PostgresServer.startWithTls(
            pem("CERTIFICATE", certificate.getEncoded()),
            pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void serverWhoseCertificateIsRightIsUsed() throws Exception {
    Cli cli = cli("127.0.0.1", CA);
    cli.done("account add demo");
    assertThat(cli.run("account list").out()).contains("demo");
  }

  @Test
  void oneThatAnotherAuthorityVouchesForIsRefused() throws Exception {
    Run run = cli("127.0.0.1", root("Another CA")).run("account add demo");
    assertThat(run.err()).contains("its certificate is not trusted: see sslrootcert");
    assertThat(run.exit()).isEqualTo(3);
  }

  @Test
  void oneForAnotherHostIsRefused() throws Exception {
    Run run = cli("localhost", CA).run("account add demo");
    assertThat(run.err()).contains("its certificate is for another host");
    assertThat(run.exit()).isEqualTo(3);
  }

  @Test
  void withoutTlsItCannotBeReached() throws Exception {
    Run run =
        new Cli(folder)
            .on(PostgresServer.config(server.host(), "?sslmode=disable"))
            .run("account list");
    assertThat(run.err()).contains("it refuses this user", "pg_hba.conf");
    assertThat(run.exit()).isEqualTo(3);
  }

  private Cli cli(String host, Authority trusted) throws Exception {
    Path file = folder.resolve("ca.pem");
    Files.writeString(file, pem("CERTIFICATE", trusted.issuers().get(0).getEncoded()));
    return new Cli(folder)
        .on(
            PostgresServer.config(
                host + ":" + server.port(), "?sslmode=verify-full&sslrootcert=" + file));
  }

  private static Authority root(String name) {
    return Authority.root(name, Authority.ecKeys(), validity());
  }

  private static CertificateLifetime validity() {
    Instant now = Instant.now();
    return new CertificateLifetime(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
  }

  private static String pem(String label, byte[] der) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(label, base64);
  }
}
