package org.certcollect.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLEngine;
import org.certcollect.server.CollectServer;
import org.certcollect.server.StartException;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.config.TlsConfig.Profile;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.OpenSslProgram;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.SoftHsm;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TlsFiles;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose TLS key is in a token. */
class TokenServerTest {
  /** The options of a client, and the digest and type of the signature that it gets. */
  private static final Map<String, Map<String, String>> CLIENTS =
      Map.of(
          "rsa",
          HandshakeSignerTest.CLIENTS,
          "ec",
          Map.of(
              "-tls1_2 -sigalgs ECDSA+SHA1 -cipher ALL:@SECLEVEL=0", "SHA1 ECDSA",
              "-tls1_2 -sigalgs ECDSA+SHA256", "SHA256 ECDSA",
              "-tls1_2 -sigalgs ECDSA+SHA384", "SHA384 ECDSA",
              "-tls1_3", "SHA256 ECDSA"),
          "p384",
          Map.of(
              "-tls1_2 -sigalgs ECDSA+SHA384", "SHA384 ECDSA",
              "-tls1_3", "SHA384 ECDSA"));

  @TempDir private static Path folder;
  private static SoftHsm token;

  @BeforeAll
  static void open() throws IOException {
    TestLog.keepQuiet();
    token = SoftHsm.in(folder);
  }

  @BeforeEach
  void writePin() throws IOException {
    Files.writeString(token.pin(), SoftHsm.PIN);
  }

  private static ServerConfig config(String label) {
    return new ServerConfig(
        new ListenConfig("127.0.0.1", 0, OptionalInt.empty()),
        new TlsConfig(List.of(token.key(label)), Profile.INTERMEDIATE),
        LimitsConfig.DEFAULT,
        AuthConfig.DEFAULT,
        ProxyConfig.DEFAULT,
        ProtocolConfig.DEFAULT);
  }

  /** A test that is given a server. */
  private interface Served {
    void with(CollectServer server) throws Exception;
  }

  private static void serve(String label, Served test) throws Exception {
    serve(config(label), test);
  }

  private static void serve(ServerConfig config, Served test) throws Exception {
    Path file = Files.createTempDirectory(folder, "store").resolve("store.db");
    try (Store store = SqliteStore.open(file, Clock.systemUTC());
        CollectServer server =
            CollectServer.start(config, store, new CollectionCodes(new byte[32]))) {
      test.with(server);
    }
  }

  /** The name in the certificate, after a request. */
  private static String request(CollectServer server, String version) throws IOException {
    try (RawConnection connection = RawConnection.tls(server.httpsPort(), version)) {
      assertThat(connection.post(Forms.SSL, "").body()).startsWith("-3\n");
      return ((X509Certificate) connection.session().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    }
  }

  @Test
  void everySchemeThatClientsAskForIsSigned() throws Exception {
    for (String label : CLIENTS.keySet()) {
      serve(
          label,
          server ->
              new TreeMap<>(CLIENTS.get(label))
                  .forEach((client, signature) -> assertThatGets(server, client, signature)));
    }
  }

  private static void assertThatGets(CollectServer server, String client, String signature) {
    String[] parts = signature.split(" ", 2);
    assertThat(
            OpenSslProgram.run(
                folder,
                String.format(
                    Locale.ROOT, "s_client -connect 127.0.0.1:%d %s", server.httpsPort(), client)))
        .as(client)
        .contains("Peer signing digest: " + parts[0] + "\n")
        .contains("Peer signature type: " + parts[1] + "\n")
        .contains(client.startsWith("-tls1_2") ? "New, TLSv1.2, Cipher" : "New, TLSv1.3, Cipher");
  }

  @Test
  void manyClientsAtOnceAreServed() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(40);
    try {
      serve(
          "ec",
          server -> {
            List<Callable<String>> requests = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
              String version = i % 2 == 0 ? "TLSv1.2" : "TLSv1.3";
              requests.add(() -> request(server, version));
            }
            for (Future<String> name : clients.invokeAll(requests)) {
              assertThat(name.get()).isEqualTo("CN=ec");
            }
          });
    } finally {
      clients.shutdown();
    }
  }

  @Test
  void clientsThatAreGoneBeforeTheSignatureDoNoHarm() throws Exception {
    SSLEngine client = RawConnection.trustingAll().createSSLEngine();
    client.setUseClientMode(true);
    ByteBuffer out = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
    client.wrap(ByteBuffer.allocate(0), out);
    byte[] hello = Arrays.copyOf(out.array(), out.position());
    serve(
        "rsa",
        server -> {
          for (int i = 0; i < 300; i++) {
            RawConnection.plain(server.httpsPort()).send(hello).reset();
          }
          assertThat(request(server, "TLSv1.3")).isEqualTo("CN=rsa");
          assertThat(request(server, "TLSv1.2")).isEqualTo("CN=rsa");
        });
  }

  @Test
  void clientsAreAskedForCertificatesOnTheManagementPort() throws Exception {
    TlsFiles.pem(folder, "client", "EC");
    ServerConfig config =
        config("ec")
            .with(new ManagementConfig("127.0.0.1", OptionalInt.of(0), true, Optional.empty()));
    serve(
        config,
        server -> {
          for (String version : List.of("-tls1_2", "-tls1_3")) {
            String options = " %s -cert client.crt -key client.key".formatted(version);
            assertThat(
                    OpenSslProgram.run(
                        folder,
                        "s_client -connect 127.0.0.1:"
                            + server.managementPort().getAsInt()
                            + options))
                .contains(
                    "Requested Signature Algorithms", "Peer signature type: ECDSA", "New, TLSv1.");
          }
        });
  }

  @Test
  void aReloadTakesAnotherKeyOfTheTokenAndOneThatFailsChangesNothing() throws Exception {
    serve(
        "ec",
        server -> {
          try (RawConnection kept = RawConnection.tls(server.httpsPort(), "TLSv1.3")) {
            server.reload(config("rsa"));
            assertThat(request(server, "TLSv1.2")).isEqualTo("CN=rsa");
            assertThatThrownBy(() -> server.reload(config("none")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("has no private key none with a certificate");
            assertThat(request(server, "TLSv1.3")).isEqualTo("CN=rsa");
            assertThat(kept.post(Forms.SSL, "").body()).startsWith("-3\n");
          }
        });
  }

  @Test
  void aTokenThatHasForgottenTheLoginIsOpenedAgain() throws Exception {
    try (TestLog log = TestLog.text()) {
      serve(
          "ec",
          server -> {
            assertThat(request(server, "TLSv1.3")).isEqualTo("CN=ec");
            token.logOut();
            assertThat(request(server, "TLSv1.3")).isEqualTo("CN=ec");
            assertThat(request(server, "TLSv1.2")).isEqualTo("CN=ec");
          });
      assertThat(
              log.lines("The PKCS#11 token failed to sign a TLS handshake, and was opened again"))
          .singleElement()
          .asString()
          .contains("problem=", "CKR_");
      assertThat(log.lines("did not sign")).isEmpty();
    }
  }

  @Test
  void aPinThatIsRefusedFailsHandshakesIsNotTriedAgainAndAReloadResumes() throws Exception {
    try (TestLog log = TestLog.text().everything()) {
      serve(
          "rsa",
          server -> {
            token.logOut();
            Files.writeString(token.pin(), "KanarieGuess");
            for (String version : List.of("TLSv1.3", "TLSv1.2", "TLSv1.3")) {
              assertThatThrownBy(() -> request(server, version)).isInstanceOf(IOException.class);
            }
            assertThat(log.lines("because the PKCS#11 token did not sign"))
                .singleElement()
                .asString()
                .contains("the PIN in " + token.pin() + " is wrong");
            writePin();
            assertThatThrownBy(() -> request(server, "TLSv1.3"))
                .as("or it would lock itself by wrong ones")
                .isInstanceOf(IOException.class);
            server.reload(config("rsa"));
            assertThat(request(server, "TLSv1.3")).isEqualTo("CN=rsa");
          });
      assertThat(log.toString()).doesNotContain("Kanarie");
    }
  }
}
