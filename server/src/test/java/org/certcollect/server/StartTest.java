package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.http.Port;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TlsFiles;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the messages for a server that cannot start. */
class StartTest {
  private static final ListenConfig FREE = new ListenConfig("127.0.0.1", 0, OptionalInt.of(0));

  @TempDir private Path folder;
  private TestLog log;
  private Store store;
  private TlsConfig tls;
  private TlsConfig.PemFiles files;
  private long threads;

  @BeforeEach
  void open() {
    log = TestLog.text();
    store = SqliteStore.open(folder.resolve("store.db"), Clock.systemUTC());
    tls = TlsFiles.in(folder, TlsConfig.Profile.INTERMEDIATE);
    files = TlsFiles.files(folder);
    threads = serverThreads();
  }

  @AfterEach
  void nothingIsLeftRunning() {
    Await.until("the threads have ended", () -> serverThreads() <= threads);
    store.close();
    log.close();
  }

  private static long serverThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("vert\\.x-.*|(collect|password-check)-.*"))
        .count();
  }

  private CollectServer start(ListenConfig listen) {
    return CollectServer.start(
        new ServerConfig(
            listen,
            tls,
            LimitsConfig.DEFAULT,
            AuthConfig.DEFAULT,
            ProxyConfig.DEFAULT,
            ProtocolConfig.DEFAULT),
        store,
        new CollectionCodes(new byte[32]));
  }

  private void assertThatTlsIsToBlame() {
    assertThat(CollectServer.problems(FREE, ManagementConfig.OFF, Optional.of(tls)))
        .singleElement()
        .asString()
        .startsWith("cannot serve TLS (");
    assertThatThrownBy(() -> start(FREE).close())
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("cannot serve TLS (")
        .hasMessageContainingAll("tls.certificate", "tls.key")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "null"));
  }

  @Test
  void aMissingCertificate() throws IOException {
    Files.delete(files.certificate());
    assertThatTlsIsToBlame();
    assertThatThrownBy(() -> start(FREE).close()).hasMessageContaining("tls.crt");
  }

  @Test
  void aMissingKey() throws IOException {
    Files.delete(files.key());
    assertThatTlsIsToBlame();
    assertThatThrownBy(() -> start(FREE).close()).hasMessageContaining("tls.key");
  }

  @Test
  void aCertificateThatIsNone() throws IOException {
    Files.writeString(files.certificate(), "garbage");
    assertThatTlsIsToBlame();
    Files.writeString(
        files.certificate(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertThatTlsIsToBlame();
    Files.writeString(files.certificate(), "");
    assertThatTlsIsToBlame();
  }

  @Test
  void aKeyThatIsNone() throws IOException {
    Files.writeString(files.key(), "garbage");
    assertThatTlsIsToBlame();
    Files.writeString(
        files.key(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThatTlsIsToBlame();
  }

  @Test
  void aKeyOfAnotherCertificate() throws IOException {
    String certificate = Files.readString(files.certificate());
    tls = TlsFiles.in(folder, TlsConfig.Profile.INTERMEDIATE);
    Files.writeString(files.certificate(), certificate);
    assertThatTlsIsToBlame();
  }

  @Test
  void aPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(
              () -> start(new ListenConfig("127.0.0.1", port, OptionalInt.empty())).close())
          .isInstanceOf(StartException.class)
          .hasMessageContainingAll("127.0.0.1:" + port + ": the port is taken", "https.port");
      assertThatThrownBy(
              () -> start(new ListenConfig("127.0.0.1", 0, OptionalInt.of(port))).close())
          .isInstanceOf(StartException.class)
          .hasMessageContainingAll("127.0.0.1:" + port + ": the port is taken", "http.port");
    }
  }

  @Test
  void anAddressThatIsNotOurs() {
    assertThatHostIsToBlame("192.0.2.1", "is not an address of this machine");
  }

  @Test
  void aHostThatDoesNotResolve() {
    assertThatHostIsToBlame("no-such-host.invalid", "does not resolve");
  }

  @Test
  void aPortThatNeedsPrivilegesSaysHowToGetThem() {
    ListenConfig listen = new ListenConfig("127.0.0.1", 0, OptionalInt.of(80));
    Port port = Port.http(listen, LimitsConfig.DEFAULT, ProxyConfig.DEFAULT, 80);
    assertThat(port.problem(new IOException("bind(..) failed with error(-13): Permission denied")))
        .startsWith("cannot listen on 127.0.0.1:80: a port below 1024 needs privileges")
        .contains("CAP_NET_BIND_SERVICE", "setcap", "http.port (--http-port)");
  }

  @Test
  void validSettingsHaveNoProblems() {
    assertThat(CollectServer.problems(FREE, ManagementConfig.OFF, Optional.of(tls))).isEmpty();
    assertThat(CollectServer.problems(FREE, ManagementConfig.OFF, Optional.empty())).isEmpty();
  }

  private void assertThatHostIsToBlame(String host, String problem) {
    ListenConfig listen = new ListenConfig(host, 0, OptionalInt.empty());
    assertThatThrownBy(() -> start(listen).close())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("listen.host = " + host + " " + problem)
        .hasMessageNotContaining("port");
    assertThat(CollectServer.problems(listen, ManagementConfig.OFF, Optional.of(tls)))
        .singleElement()
        .asString()
        .contains("listen.host = " + host + " " + problem);
    ManagementConfig management =
        new ManagementConfig(host, OptionalInt.of(0), true, Optional.empty());
    assertThat(CollectServer.problems(FREE, management, Optional.empty()))
        .singleElement()
        .asString()
        .contains("management.host = " + host + " " + problem);
  }

  @Test
  void plainHttpIsAChoice() {
    try (CollectServer server = start(new ListenConfig("127.0.0.1", 0, OptionalInt.empty()))) {
      assertThat(server.httpPort()).isEmpty();
      assertThat(server.httpsPort()).isPositive();
    }
  }
}
