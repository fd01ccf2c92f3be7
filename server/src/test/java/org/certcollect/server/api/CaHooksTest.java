package org.certcollect.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.domain.OrderState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the hooks of docs/ca-hooks.md with the CAs that can be had. */
class CaHooksTest {
  private static final Path HOOKS = Path.of("..", "packaging", "hooks").toAbsolutePath();

  @TempDir private static Path folder;
  private static TestServer server;
  private static ApiCaller caller;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start(ApiCaller.SETTINGS);
    caller = ApiCaller.of(server, "hook", Scope.ORDERS, Scope.ACCOUNTS);
    Files.writeString(folder.resolve("token"), caller.token().orElseThrow() + "\n");
    caller.done(
        "/v1/accounts", new JsonObject().put("login", "acme").put("products", new JsonArray()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Runs lines of a shell in the folder. */
  private static String run(String lines) throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-euc", lines)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"));
    shell.environment().put("CERTCOLLECT_API", "http://127.0.0.1:" + server.managementPort());
    shell.environment().put("CERTCOLLECT_TOKEN_FILE", folder.resolve("token").toString());
    shell
        .environment()
        .merge("PATH", HOOKS + ":/usr/share/easy-rsa", (path, more) -> more + ":" + path);
    Process process = shell.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static void require(String program, String place) {
    boolean found =
        Arrays.stream((System.getenv("PATH") + ":" + place).split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    assumeTrue(found, program + " is missing; .ci/run installs it");
  }

  private static void requireAll() {
    require("openssl", "");
    require("curl", "");
  }

  /** A paid order for a request that openssl makes. */
  private static long order(String name) throws Exception {
    run(
        "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %1$s.key"
                .formatted(name)
            + " -out %1$s.csr -subj /CN=%1$s.example".formatted(name));
    return caller
        .done(
            "/v1/orders",
            new JsonObject()
                .put("account", "acme")
                .put("product", "ssl")
                .put("paid", true)
                .put("csr", Files.readString(folder.resolve(name + ".csr"))))
        .getLong("number");
  }

  private static void makeOpenSslCa(String name) throws Exception {
    run(
        ("mkdir -p %1$s; touch %1$s/index.txt; openssl req -x509 -newkey ec -pkeyopt"
                + " ec_paramgen_curve:P-256 -nodes -keyout %1$s/ca.key -out %1$s/ca.crt -subj"
                + " '/CN=%1$s CA' -days 30")
            .formatted(name));
    Files.writeString(
        folder.resolve(name + "/ca.cnf"),
        """
        [ca]
        default_ca = own
        [own]
        database = %1$s/index.txt
        new_certs_dir = %1$s
        certificate = %1$s/ca.crt
        private_key = %1$s/ca.key
        rand_serial = yes
        default_md = sha256
        default_days = 30
        policy = any
        [any]
        commonName = supplied
        """
            .formatted(name));
  }

  private static void assertIssued(long number, String answer) {
    assertThat(answer).contains("\"number\":" + number);
    assertThat(server.store().orders().find(number).orElseThrow().state())
        .isEqualTo(OrderState.ISSUED);
  }

  @Test
  void opensslHandsItsCertificatesOver() throws Exception {
    requireAll();
    makeOpenSslCa("one");
    long number = order("alpha");

    String issue = "openssl ca -batch -config one/ca.cnf -in alpha.csr -out alpha.crt -notext;";
    String answer = run(issue + "certcollect-issue alpha.crt");

    assertIssued(number, answer);
    assertThat(run("certcollect-issue alpha.crt")).isEqualTo(answer.substring(answer.indexOf('{')));
  }

  @Test
  void anEarlierCertificateIsIssuedAgainAfterAnother() throws Exception {
    requireAll();
    makeOpenSslCa("three");
    long number = order("delta");
    for (String name : List.of("first", "second")) {
      String issue =
          ": >three/index.txt; openssl ca -batch -config three/ca.cnf -in delta.csr -notext -out ";
      run(issue + name + ".crt; certcollect-issue " + name + ".crt " + number);
    }

    run("certcollect-issue first.crt " + number);

    String served = caller.get("/v1/orders/" + number + "/certificate").body();
    assertThat(served).startsWith(Files.readString(folder.resolve("first.crt")));
  }

  @Test
  void aMissingArgumentFileOrTokenIsNamed() throws Exception {
    requireAll();
    String refused = " 2>&1 || echo refused";
    String told = run(": >x.crt; CERTCOLLECT_TOKEN_FILE=none certcollect-issue x.crt" + refused);
    assertThat(told).contains("none cannot be read").endsWith("refused\n");
    assertThat(run("certcollect-issue" + refused))
        .isEqualTo("usage: certcollect-issue FILE [ORDER]\nrefused\n");
    assertThat(run("certcollect-issue-der" + refused))
        .isEqualTo("usage: certcollect-issue-der FILE\nrefused\n");
    for (String hook : List.of("certcollect-issue", "certcollect-issue-der")) {
      assertThat(run(hook + " y.crt" + refused))
          .matches(hook + ": y.crt is no file that .* can read\nrefused\n");
    }
    assertThat(run("certcollect-issue-der x.crt" + refused))
        .isEqualTo("certcollect-issue-der: x.crt is no certificate in DER\nrefused\n");
  }

  @Test
  void aProblemIsToldAsASentence() throws Exception {
    requireAll();
    assertThat(run(": >x.crt; certcollect-issue x.crt abc 2>&1 || echo \"refused $?\""))
        .contains("certcollect-issue: invalid request: ", "integer")
        .endsWith("\nrefused 22\n")
        .doesNotContain("{", "\\");
  }

  @Test
  void easyRsaHandsItsCertificatesOver() throws Exception {
    requireAll();
    require("easyrsa", "/usr/share/easy-rsa");
    long number = order("beta");
    run(
        "export EASYRSA_BATCH=1 EASYRSA_ALGO=ec EASYRSA_REQ_CN=Easy; easyrsa init-pki; easyrsa"
            + " build-ca nopass");

    String answer =
        run(
            "easyrsa --batch import-req beta.csr beta; easyrsa --batch sign-req server beta;"
                + " certcollect-issue pki/issued/beta.crt");

    assertIssued(number, answer);
  }

  @Test
  void theScriptForEjbcaTakesAFileInDer() throws Exception {
    requireAll();
    makeOpenSslCa("two");
    long number = order("gamma");
    run(
        "openssl ca -batch -config two/ca.cnf -in gamma.csr -out gamma.crt -notext; openssl x509"
            + " -in gamma.crt -outform DER -out gamma.der");

    assertIssued(number, run("certcollect-issue-der gamma.der"));
  }
}
