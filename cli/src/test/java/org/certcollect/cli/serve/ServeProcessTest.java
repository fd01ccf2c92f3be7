package org.certcollect.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Clock;
import org.certcollect.admin.DataFolder;
import org.certcollect.cli.ChildProcess;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.cli.HttpsCaller;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.server.config.TlsConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeProcessTest {
  @TempDir private Path folder;
  private final HttpsCaller caller = new HttpsCaller();
  private Path data;
  private Path temporary;
  private Cli cli;

  @BeforeEach
  void makeFolders() throws IOException {
    data = folder.resolve("data");
    temporary = Files.createDirectory(folder.resolve("tmp"));
    cli = new Cli(data);
  }

  @Test
  void itPrintsItsAddressesAnswersAndEndsWith0OnSigterm() throws Exception {
    try (ChildProcess server = serve()) {
      String http = server.await("http://");
      assertThat(server.lines())
          .satisfiesExactly(
              ssl -> assertThat(ssl).matches("https://localhost:\\d+/products/download/CollectSSL"),
              ccc -> assertThat(ccc).matches("https://localhost:\\d+/products/download/CollectCCC"),
              plain ->
                  assertThat(plain).matches("http://localhost:\\d+/products/download/CollectCCC"));
      assertThat(caller.post(server.lines().get(0), "queryType=0")).startsWith("-3\n");
      assertThat(caller.post(http, "queryType=0")).startsWith("-1\n");

      assertThat(cli.done("status").out())
          .contains("ready: yes\n", "store: ok\n", "version: unpackaged\n", "pid: ")
          .contains("certificates: key EC, subject CN=localhost, notAfter 20");
      server.send("USR1");
      server.awaitErr("Draining");
      assertThat(cli.run("status --json"))
          .satisfies(run -> assertThat(run.exit()).isEqualTo(1))
          .satisfies(run -> assertThat(run.out()).contains("\"ready\":false", "\"draining\":true"));
      assertThat(cli.done("drain --cancel").out()).startsWith("draining: no\n");
      assertThat(caller.post(http, "queryType=0")).startsWith("-1\n");
      assertThat(cli.done("drain --json").out()).startsWith("{\"draining\":true,\"connections\":");
      assertThat(server.terminate()).isZero();
      assertThat(server.err())
          .contains("\"level\":\"WARNING\"", "The TLS certificate is self-signed")
          .contains("The audit log begins; if this server had one before, that was removed")
          .doesNotContain("Exception");
    }
    assertThat(temporary).isEmptyDirectory();
    assertThat(data.resolve("management.sock")).doesNotExist();
    assertThat(cli.done("audit show --json").out().lines().filter(l -> l.contains("server.drain")))
        .satisfiesExactly(
            usr1 -> assertThat(usr1).contains("\"actor\":\"signal\"", "\"on\""),
            cancel -> assertThat(cancel).contains("\"actor\":\"cli:", "\"off\""),
            drain -> assertThat(drain).contains("\"actor\":\"cli:", "\"on\""));
    assertThat(cli.run("status"))
        .satisfies(run -> assertThat(run.exit()).isEqualTo(3))
        .satisfies(run -> assertThat(run.err()).contains("no server answers on " + data));
  }

  @Test
  void jsonIsOneObjectAndCtrlCEndsItWith0Too() throws Exception {
    try (ChildProcess server = serve("--json", "--set", "collect.ccc-get=true")) {
      assertThat(server.await("{")).contains("\"https\":\"https://localhost:", "\"urls\":[");
      assertThat(server.signal("INT")).isZero();
      assertThat(server.err()).contains("collect.ccc-get is on");
    }
  }

  @Test
  void aDrainInJsonWaitsForConnectionsAndPrintsOneObject() throws Exception {
    try (ChildProcess server = serve()) {
      int port = URI.create(server.await("http://")).getPort();
      try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(open.isConnected()).isTrue();
        assertThat(cli.run("drain --json --wait=300ms"))
            .satisfies(run -> assertThat(run.exit()).isEqualTo(75))
            .satisfies(
                run -> assertThat(run.out()).isEqualTo("{\"draining\":true,\"connections\":1}\n"));
      }
      assertThat(cli.done("drain --json --wait=20s").out())
          .isEqualTo("{\"draining\":true,\"connections\":0}\n");
      assertThat(server.terminate()).isZero();
    }
  }

  @Test
  void verbsTakeEffectWithTheNextRequestOnTheSameConnection() throws Exception {
    cli.run("secret", "account", "add", "acme", "--ssl", "--password-stdin", "--allow-short");
    cli.done("order add --account acme --product ssl --number 5");
    Path chain = Files.write(folder.resolve("chain.pem"), Fixtures.bytes("chain-3.pem"));
    try (ChildProcess server = serve()) {
      String url = server.await("https://");
      String status =
          "loginName=acme&loginPassword=secret&orderNumber=5&queryType=0&showValidityPeriod=Y";

      assertThat(caller.post(url, status)).startsWith("-22\n");
      cli.done("order pay 5");
      assertThat(caller.post(url, status)).isEqualTo("0\n");
      cli.done("order issue 5 --certificate " + chain);
      assertThat(caller.post(url, status)).isEqualTo("1\n14/05/2026 13/05/2027\n");
      cli.done("account deny acme --ssl");
      assertThat(caller.post(url, status)).startsWith("-16\n");
      cli.done("account allow acme --ssl");
      assertThat(caller.post(url, status)).startsWith("1\n");
      cli.run("other", "account", "password", "acme", "--password-stdin", "--allow-short");
      assertThat(caller.post(url, status)).startsWith("-16\n");
      String changed = status.replace("secret", "other");
      assertThat(caller.post(url, changed)).startsWith("1\n");
      cli.done("account disable acme --yes");
      assertThat(caller.post(url, changed)).startsWith("-16\n");
      cli.done("account enable acme");
      cli.done("order revoke 5 --yes");
      assertThat(caller.post(url, changed)).startsWith("-21\n");
      assertThat(server.terminate()).isZero();
    }
  }

  @Test
  void portThatIsTakenIs2AndSaysHowToChooseAnother() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run =
          cli.run(
              "serve --init --set=listen.host=127.0.0.1 --http-port=off --https-port="
                  + taken.getLocalPort());
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err())
          .contains(String.valueOf(taken.getLocalPort()), "https.port", "--https-port")
          .contains("There was no store in " + data, "account add LOGIN")
          .doesNotContain("Stopp");
    }
  }

  @Test
  void wayToTheDatabaseWithoutTlsIsWarnedOf() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run =
          cli.run(
              "serve --set=store.url=jdbc:postgresql://no-such-host.invalid/c --set=store.user=u"
                  + " --set=store.deadline=1s --set=listen.host=127.0.0.1 --https-port="
                  + taken.getLocalPort());
      assertThat(run.exit()).as("it waits for the database, but the port is taken").isEqualTo(2);
      assertThat(run.err()).contains("store.url does not ask for TLS");
    }
  }

  @Test
  void folderWithoutAStoreIsRefusedUnlessItIsToldToMakeOne() {
    Run run = cli.run("serve --https-port=0 --http-port=0");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("no store at " + data, "certcollect serve --init");
    assertThat(data).doesNotExist();
  }

  /** Broke once: it made a new, empty store and told every client that nothing exists. */
  @Test
  void storeThatIsAwayBesideItsKeyIsNotMadeAnew() throws Exception {
    cli.done("account add acme --ccc");
    cli.done("order add --account acme --product ccc");
    Path store = data.resolve("certcollect.sqlite");
    Path away = Files.move(store, folder.resolve("away"));
    Run run = cli.run("serve --https-port=0 --http-port=0");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err())
        .contains(store + " is missing although its key of collection codes", "put the store back");
    assertThat(store).doesNotExist();
    Files.move(away, store);
    try (ChildProcess server = serve()) {
      server.await("https://");
      assertThat(server.terminate()).isZero();
    }
  }

  @Test
  void tlsFilesThatAreNoneAre2() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Run run =
        cli.run(
            "serve --init --https-port=0 --http-port=0 --set=tls.certificate=%s --set=tls.key=%s"
                .formatted(empty, empty));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("tls.certificate");
  }

  /** Broke once: SIGHUP, which tells a daemon of renewed files, ended the server with 0. */
  @Test
  void atSighupNewConnectionsGetTheRenewedCertificateAndNoneIsEnded() throws Exception {
    Path pem = makePair();
    try (ChildProcess server = serve("--set=tls.certificate=" + pem, "--set=tls.key=" + pem)) {
      String url = server.await("https://");
      Certificate first = caller.certificate(url);

      Files.writeString(pem, "garbage");
      server.send("HUP");
      server.awaitErr("the server goes on with the settings that it has");
      assertThat(new HttpsCaller().certificate(url)).isEqualTo(first);

      makePair();
      server.send("HUP");
      server.awaitErr("New connections get the certificate");
      assertThat(new HttpsCaller().certificate(url)).isNotEqualTo(first);
      assertThat(caller.certificate(url)).as("on the kept connection").isEqualTo(first);

      Path settings = data.resolve(DataFolder.CONFIGURATION);
      Files.writeString(settings, "proxy.trusted=10.0.0.0/8\nauth.queue=7\nlimits.connection=1\n");
      server.send("HUP");
      server.awaitErr("there is no key limits.connection");
      String mail = "mail.host=localhost\nmail.kinds=issued\nmail.from=ca@example.com\n";
      Files.writeString(settings, mail + "proxy.trusted=10.0.0.0/8\nauth.queue=7\n");
      server.send("HUP");
      server.awaitErr("auth.queue");

      assertThat(server.terminate()).isZero();
      assertThat(server.err())
          .contains(
              "cannot serve TLS (", "tls.certificate", "\"changed\":\"proxy.trusted mail.from\"");
    }
  }

  /** Makes a certificate, and its key, anew, in one file. */
  private Path makePair() throws IOException {
    Files.deleteIfExists(folder.resolve("self-signed.pem"));
    new OwnCertificate(new DataFolder(folder), Clock.systemUTC())
        .use(TlsConfig.Profile.INTERMEDIATE);
    return folder.resolve(DataFolder.SELF_SIGNED);
  }

  private ChildProcess serve(String... more) throws IOException {
    String[] arguments = new String[6 + more.length];
    arguments[0] = "serve";
    arguments[1] = "--data=" + data;
    arguments[2] = "--https-port=0";
    arguments[3] = "--http-port=0";
    arguments[4] = "--set=listen.host=127.0.0.1";
    arguments[5] = "--init";
    System.arraycopy(more, 0, arguments, 6, more.length);
    return ChildProcess.start(temporary, arguments);
  }
}
