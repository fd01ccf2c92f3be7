package org.certcollect.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.certcollect.admin.DataFolder;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.cli.serve.OwnCertificate;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.server.config.TlsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigVerbsTest {
  @TempDir private Path folder;

  @Test
  void validConfigurationIs0() {
    Run run = new Cli(folder).run("config check");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEqualTo("the configuration is valid\n");
  }

  @Test
  void wrongOneIs2WithAllThatIsWrong() throws IOException {
    Path file = Files.writeString(folder.resolve("c"), "https.port = x\ntls.key = k\n");
    Run run = new Cli(folder).run("config check --http-port y --config " + file);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("c:1: https.port = x", "c:2: tls.key", "--http-port: http.port = y");
  }

  @Test
  void whatAServerWouldNotStartWithIsWrongAllOfIt() throws IOException {
    Path certificate = Files.write(folder.resolve("c.pem"), Fixtures.bytes("chain-1.pem"));
    Path request = Files.write(folder.resolve("k.pem"), Fixtures.bytes("request.csr"));
    Path codesKey = Files.write(folder.resolve("codes.key"), new byte[10]);
    Run run =
        new Cli(folder)
            .with("CERTCOLLECT_LISTEN_HOST", "no-such-host.invalid")
            .with("CERTCOLLECT_TLS_CERTIFICATE", certificate.toString())
            .with("CERTCOLLECT_TLS_KEY", request.toString())
            .with("CERTCOLLECT_CODES_KEY_FILE", codesKey.toString())
            .run("config check");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(
            "listen.host = no-such-host.invalid does not resolve",
            "tls.key must be",
            codesKey + ": a key must have at least 32 bytes, but this one has 10");
  }

  @Test
  void certificateIsShownWithWhatClientsMayRefuseItFor() throws IOException {
    Clock longAgo = Clock.fixed(Instant.now().minus(Duration.ofDays(380)), ZoneOffset.UTC);
    new OwnCertificate(new DataFolder(folder), longAgo).use(TlsConfig.Profile.INTERMEDIATE);
    String file = folder.resolve(DataFolder.SELF_SIGNED).toString();
    Run run =
        new Cli(folder)
            .with("CERTCOLLECT_TLS_CERTIFICATE", file)
            .with("CERTCOLLECT_TLS_KEY", file)
            .run("config check");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .startsWith("certificate: CN=localhost (EC), valid until ")
        .endsWith("issued by CN=localhost\nthe configuration is valid\n");
    assertThat(run.err()).contains("warning: The certificate of CN=localhost expires in 16 days");
  }

  @Test
  void wayToTheDatabaseWithoutTlsIsValidAndWarnedOf() {
    Cli cli = new Cli(folder).with("CERTCOLLECT_STORE_USER", "u");
    Run open = cli.with("CERTCOLLECT_STORE_URL", "jdbc:postgresql://db/c").run("config check");
    assertThat(open.exit()).isZero();
    assertThat(open.err()).contains("warning: store.url does not ask for TLS");
    Run closed =
        cli.with("CERTCOLLECT_STORE_URL", "jdbc:postgresql://db/c?sslmode=verify-full")
            .run("config check");
    assertThat(closed.err()).isEmpty();
  }

  @Test
  void everyKeyIsShownWithItsOrigin() {
    Cli cli = new Cli(folder).with("CERTCOLLECT_HTTPS_PORT", "443");
    Run run = cli.run("config show --set limits.connections=5 --http-port off");
    assertThat(run.exit()).isZero();
    assertThat(run.out().replaceAll(" +", " "))
        .contains(
            "https.port 443 environment CERTCOLLECT_HTTPS_PORT",
            "http.port off --http-port",
            "limits.connections 5 --set limits.connections",
            "tls.profile intermediate default");
    assertThat(cli.run("config show --json").lines())
        .anyMatch(line -> line.startsWith("{\"key\":\"https.port\",\"value\":\"443\",\"origin\":"));
  }

  @Test
  void nothingIsMadeInTheDataFolder() {
    Path data = folder.resolve("data");
    assertThat(new Cli(data).run("config show").exit()).isZero();
    assertThat(data).doesNotExist();
  }
}
