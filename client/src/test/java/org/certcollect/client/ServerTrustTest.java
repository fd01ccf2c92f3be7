package org.certcollect.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.certcollect.client.ConnectionFailedException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The servers that are trusted, and those that are not, over TLS. */
@Timeout(60)
class ServerTrustTest {
  private static final CollectQuery<CertificateChain> QUERY =
      CollectQuery.clientCertificate("none");

  @TempDir private Path folder;

  private static CollectClient client(URI url, ServerTrust trust) {
    return CollectClient.builder(url).trust(trust).build();
  }

  private static ConnectionFailedException failure(URI url, ServerTrust trust) {
    return catchThrowableOfType(
        ConnectionFailedException.class, () -> client(url, trust).collect(QUERY));
  }

  @Test
  void serverIsTrustedByItsCaOrByItself() throws Exception {
    Path ca = Files.writeString(folder.resolve("ca.pem"), "The CA:\n" + TestAuthority.ROOT_PEM);
    try (RealServer server = new RealServer(folder)) {
      for (ServerTrust trust :
          new ServerTrust[] {
            ServerTrust.pemFile(ca),
            ServerTrust.pem(TestAuthority.LOCALHOST.pem()),
            ServerTrust.pem(TestAuthority.OTHER_HOST.pem() + TestAuthority.ROOT_PEM),
            ServerTrust.pinned(TestAuthority.LOCALHOST.fingerprint()),
            ServerTrust.pinned("sha256 Fingerprint=" + TestAuthority.LOCALHOST.fingerprint()),
            ServerTrust.pinned("00".repeat(32), TestAuthority.LOCALHOST.fingerprint())
          }) {
        assertThat(client(server.url(), trust).collect(QUERY).code()).isEqualTo(-4);
      }
    }
  }

  @Test
  void serverOfAnotherCaIsNotTrusted() {
    try (RealServer server = new RealServer(folder)) {
      for (ServerTrust trust :
          new ServerTrust[] {
            ServerTrust.system(), ServerTrust.pem(TestAuthority.OTHER_HOST.pem())
          }) {
        ConnectionFailedException failure = failure(server.url(), trust);
        assertThat(failure.reason()).isEqualTo(Reason.UNTRUSTED);
        assertThat(failure.isTemporary()).isFalse();
        assertThat(failure)
            .hasMessageContaining(server.url().toString())
            .hasCauseInstanceOf(Exception.class);
      }
    }
  }

  /** Broke once: it was told as a CA that is not trusted. */
  @Test
  void otherCertificateThanThePinnedOneIsRefused() {
    try (RealServer server = new RealServer(folder)) {
      ConnectionFailedException failure =
          failure(server.url(), ServerTrust.pinned(TestAuthority.OTHER_HOST.fingerprint()));

      assertThat(failure.reason()).isEqualTo(Reason.WRONG_PIN);
      assertThat(failure.isTemporary()).isFalse();
    }
  }

  /** Broke once: it had the words of a port where nothing listens. */
  @Test
  void hostThatDoesNotExistIsNotAPortWhereNothingListens() {
    URI url = URI.create("https://collect.invalid");

    assertThat(failure(url, ServerTrust.system()).reason()).isEqualTo(Reason.UNKNOWN_HOST);
  }

  @Test
  void certificateForAnotherHostIsRefusedUnlessItIsPinned() throws Exception {
    try (RealServer server = new RealServer(folder, TestAuthority.OTHER_HOST, 0)) {
      assertThat(failure(server.url(), ServerTrust.pem(TestAuthority.ROOT_PEM)).reason())
          .isEqualTo(Reason.WRONG_NAME);
      ServerTrust pinned = ServerTrust.pinned(TestAuthority.OTHER_HOST.fingerprint());
      assertThat(client(server.url(), pinned).collect(QUERY).code()).isEqualTo(-4);
    }
  }

  @Test
  void expiredCertificateIsRefused() {
    try (RealServer server = new RealServer(folder, TestAuthority.EXPIRED, 0)) {
      assertThat(failure(server.url(), ServerTrust.pem(TestAuthority.ROOT_PEM)).reason())
          .isEqualTo(Reason.EXPIRED);
    }
  }

  @Test
  void nobodyAtThePortIsUnreachable() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    ConnectionFailedException failure =
        failure(URI.create("https://localhost:" + port), ServerTrust.system());

    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure.isTemporary()).isTrue();
  }

  @Test
  void serverThatDoesNotShakeHandsIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      CollectClient client =
          CollectClient.builder(URI.create("https://localhost:" + silent.getLocalPort()))
              .connectTimeout(Duration.ofMillis(300))
              .build();

      assertThatThrownBy(() -> client.collect(QUERY))
          .isInstanceOfSatisfying(
              ConnectionFailedException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    }
  }

  @Test
  void plainPortDoesNotSpeakTls() {
    try (RealServer server = new RealServer(folder)) {
      URI wrong = URI.create("https://localhost:" + server.plainUrl().getPort());
      assertThat(failure(wrong, ServerTrust.system()).reason()).isEqualTo(Reason.BROKEN);
    }
  }

  @Test
  void trustNeedsCertificates() {
    assertThatThrownBy(() -> ServerTrust.pemFile(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    for (String text :
        new String[] {
          "",
          "no PEM",
          TestAuthority.LOCALHOST.keyPem(),
          TestAuthority.ROOT_PEM.substring(0, 200),
          TestAuthority.ROOT_PEM.replaceFirst("\nM", "\nN")
        }) {
      assertThatThrownBy(() -> ServerTrust.pem(text)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(ServerTrust::pinned).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ServerTrust.pinned("00:11"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Broke once: a long time was an overflow, and zero a timeout. */
  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.001S", "P999999999D"})
  void timeThatMakesNoSenseIsRefused(Duration time) {
    CollectClient.Builder builder = CollectClient.builder(URI.create("https://localhost"));
    assertThatThrownBy(() -> builder.timeout(time)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.connectTimeout(time))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8443",
        "ftp://localhost",
        "https:///path",
        "https://localhost:0",
        "https://localhost:65536",
        "https://canary:canary@localhost",
        "https://localhost/?canary=1",
        "https://localhost/#canary"
      })
  void urlOfAnotherKindIsRefusedWithoutShowingIt(String url) {
    assertThatThrownBy(() -> CollectClient.of(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("canary");
  }
}
