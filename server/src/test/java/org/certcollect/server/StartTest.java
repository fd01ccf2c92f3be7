package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalInt;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TlsFiles;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.SqliteStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator is told when the server cannot start. */
class StartTest {
  private static final ListenConfig FREE = new ListenConfig("127.0.0.1", 0, OptionalInt.of(0));

  @TempDir private Path folder;
  private TestLog log;
  private Store store;
  private TlsConfig tls;
  private long threads;

  @BeforeEach
  void open() {
    log = TestLog.text();
    store = SqliteStore.open(folder.resolve("store.db"), Clock.systemUTC());
    tls = TlsFiles.in(folder, TlsConfig.Profile.INTERMEDIATE);
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
        .filter(thread -> thread.getName().matches("vert\\.x-.*|collect|password-check"))
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
    assertThatThrownBy(() -> start(FREE).close())
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("cannot serve TLS (")
        .hasMessageContainingAll("tls.certificate", "tls.key")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "null"));
  }

  @Test
  void aMissingCertificate() throws IOException {
    Files.delete(tls.certificate());
    assertThatTlsIsToBlame();
    assertThatThrownBy(() -> start(FREE).close()).hasMessageContaining("tls.crt");
  }

  @Test
  void aMissingKey() throws IOException {
    Files.delete(tls.key());
    assertThatTlsIsToBlame();
    assertThatThrownBy(() -> start(FREE).close()).hasMessageContaining("tls.key");
  }

  @Test
  void aCertificateThatIsNone() throws IOException {
    Files.writeString(tls.certificate(), "garbage");
    assertThatTlsIsToBlame();
    Files.writeString(
        tls.certificate(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertThatTlsIsToBlame();
    Files.writeString(tls.certificate(), "");
    assertThatTlsIsToBlame();
  }

  @Test
  void aKeyThatIsNone() throws IOException {
    Files.writeString(tls.key(), "garbage");
    assertThatTlsIsToBlame();
    Files.writeString(tls.key(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThatTlsIsToBlame();
  }

  @Test
  void aKeyOfAnotherCertificate() throws IOException {
    String certificate = Files.readString(tls.certificate());
    tls = TlsFiles.in(folder, TlsConfig.Profile.INTERMEDIATE);
    Files.writeString(tls.certificate(), certificate);
    assertThatTlsIsToBlame();
  }

  @Test
  void aPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(
              () -> start(new ListenConfig("127.0.0.1", port, OptionalInt.empty())).close())
          .isInstanceOf(StartException.class)
          .hasMessageContainingAll("cannot listen on", Integer.toString(port), "https.port");
      assertThatThrownBy(
              () -> start(new ListenConfig("127.0.0.1", 0, OptionalInt.of(port))).close())
          .isInstanceOf(StartException.class)
          .hasMessageContainingAll("cannot listen on", Integer.toString(port), "http.port");
    }
  }

  @Test
  void anAddressThatIsNotOurs() {
    assertThatThrownBy(() -> start(new ListenConfig("192.0.2.1", 0, OptionalInt.empty())).close())
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("cannot listen on", "192.0.2.1", "listen.host");
  }

  @Test
  void plainHttpIsAChoice() {
    try (CollectServer server = start(new ListenConfig("127.0.0.1", 0, OptionalInt.empty()))) {
      assertThat(server.httpPort()).isEmpty();
      assertThat(server.httpsPort()).isPositive();
    }
  }
}
