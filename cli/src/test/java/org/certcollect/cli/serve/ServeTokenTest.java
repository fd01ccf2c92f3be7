package org.certcollect.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.certcollect.cli.ChildProcess;
import org.certcollect.cli.HttpsCaller;
import org.certcollect.cli.verb.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with a TLS key in a token of SoftHSM. */
class ServeTokenTest {
  private static final String PIN = "KanariePin";
  private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");

  @TempDir private Path folder;
  private Path settings;

  @BeforeEach
  void makeToken() throws Exception {
    assumeTrue(Files.exists(LIBRARY), "softhsm2 is missing; .ci/run installs it");
    String conf = System.getenv("SOFTHSM2_CONF");
    assumeTrue(conf != null, "the variable SOFTHSM2_CONF is missing; Maven sets it");
    Path tokens = Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(Path.of(conf), "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
    String init = "softhsm2-util --init-token --free --label tls --so-pin 12345678 --pin " + PIN;
    Matcher slot = Pattern.compile("reassigned to slot ([0-9]+)").matcher(run(init));
    assertThat(slot.find()).isTrue();
    Files.writeString(
        folder.resolve("pkcs11.cfg"),
        "name = tls\nlibrary = %s\nslot = %s\n".formatted(LIBRARY, slot.group(1)));
    Files.writeString(folder.resolve("pin"), PIN);
    for (String label : List.of("one", "two")) {
      run(
          ("%s -genkeypair -alias %s -dname CN=%s -keyalg EC -groupname secp256r1 -keystore"
                  + " NONE -storetype PKCS11 -addprovider SunPKCS11 -providerArg %s -storepass %s")
              .formatted(
                  Path.of(System.getProperty("java.home"), "bin", "keytool"),
                  label,
                  label,
                  folder.resolve("pkcs11.cfg"),
                  PIN));
    }
    settings = folder.resolve("certcollect.properties");
    use("one");
  }

  private static String run(String command) throws Exception {
    Process process =
        new ProcessBuilder(List.of(command.split(" "))).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private void use(String label) throws IOException {
    Files.write(
        settings,
        List.of(
            "listen.host=127.0.0.1",
            "https.port=0",
            "http.port=0",
            "tls.pkcs11-config=pkcs11.cfg",
            "tls.pkcs11-pin-file=pin",
            "tls.pkcs11-key=" + label));
  }

  private ChildProcess start(String... arguments) throws IOException {
    Path temporary = Files.createTempDirectory(folder, "tmp");
    return ChildProcess.start(temporary, arguments);
  }

  private static String subject(String url) throws Exception {
    X509Certificate certificate = (X509Certificate) new HttpsCaller().certificate(url);
    return certificate.getSubjectX500Principal().getName();
  }

  @Test
  void itServesWithTheKeyThatTheSettingsNameAndAReloadTakesAnother() throws Exception {
    try (ChildProcess server = start("serve", "--data=" + folder, "--init")) {
      String url = server.await("https://");
      assertThat(subject(url)).isEqualTo("CN=one");
      use("none");
      server.send("HUP");
      server.awaitErr("has no private key none with a certificate, only [one, two]");
      assertThat(subject(url)).isEqualTo("CN=one");
      use("two");
      server.send("HUP");
      server.awaitErr("New connections get the certificate");
      assertThat(subject(url)).isEqualTo("CN=two");
      assertThat(server.terminate()).isZero();
      assertThat(server.err())
          .contains("Serving a TLS certificate", "\"subject\":\"CN=two\"")
          .doesNotContain("Kanarie", "self-signed, which");
    }
  }

  @Test
  void aRefusedPinHasAnExitCodeAfterWhichSystemdDoesNotGuessAgain() throws Exception {
    Files.writeString(folder.resolve("pin"), "KanarieGuess");
    try (ChildProcess server = start("serve", "--data=" + folder, "--init")) {
      assertThat(server.waitFor()).isEqualTo(ExitCode.PIN_REFUSED);
      assertThat(server.err()).contains("is wrong (CKR_PIN_INCORRECT)").doesNotContain("Kanarie");
    }
    assertThat(Path.of("../packaging/deb/certcollect.service"))
        .content()
        .contains("\nRestart=on-failure\n", "\nRestartPreventExitStatus=77\n");
    assertThat(ExitCode.PIN_REFUSED).isEqualTo(77);
  }

  @Test
  void configCheckShowsTheCertificateOrWhatIsWrong() throws Exception {
    try (ChildProcess check = start("config", "check", "--data=" + folder)) {
      assertThat(check.rest())
          .satisfiesExactly(
              certificate -> assertThat(certificate).startsWith("certificate: CN=one (EC), valid"),
              valid -> assertThat(valid).isEqualTo("the configuration is valid"));
      assertThat(check.waitFor()).isZero();
    }
    Files.writeString(folder.resolve("pin"), "KanarieGuess");
    try (ChildProcess check = start("config", "check", "--data=" + folder)) {
      assertThat(check.waitFor()).isEqualTo(2);
      assertThat(check.err())
          .contains("cannot serve TLS: the PIN in " + folder.resolve("pin") + " is wrong")
          .doesNotContain("Kanarie");
    }
  }
}
