package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.certcollect.server.config.TlsConfig.Profile;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.server.testing.TlsFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  private static final List<String> INTERMEDIATE =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void boringSslIsInUseHere() {
    assertThat(OpenSsl.isAvailable()).isTrue();
    assertThat(OpenSsl.versionString()).contains("BoringSSL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void theIntermediateProfileServes(String version) throws IOException {
    try (RawConnection connection = RawConnection.https(server, version)) {
      assertThat(connection.session().getProtocol()).isEqualTo(version);
      assertThat(connection.post(Forms.SSL, "").body()).startsWith("-3\n");
    }
  }

  /** A client's first message in bytes, since Java's own TLS 1.1 is switched off. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void olderVersionsAreRefused(int minor) throws IOException {
    String suites = "\300\012\300\024\300\054\300\060\0\057";
    String random = "r".repeat(32);
    String extensions = "\0\012\0\4\0\2\0\027" + "\0\013\0\2\1\0";
    String hello = "\3" + (char) minor + random + "\0\0\012" + suites + "\1\0\0\016" + extensions;
    String message = "\1\0\0" + (char) hello.length() + hello;
    try (RawConnection connection = RawConnection.plain(server.httpsPort())) {
      String answer = connection.send("\u0016\3\1\0" + (char) message.length() + message).readAll();
      char alert = 0x15;
      char protocolVersion = 70;
      assertThat(answer).startsWith(alert + "\3").endsWith("\2" + protocolVersion);
    }
  }

  @Test
  void theModernProfileRefusesTls12() throws IOException {
    try (TestServer modern = TestServer.start(Settings.DEFAULT.with(Profile.MODERN))) {
      assertThatThrownBy(() -> RawConnection.https(modern, "TLSv1.2"))
          .isInstanceOf(SSLException.class);
      try (RawConnection connection = RawConnection.https(modern)) {
        assertThat(connection.post(Forms.SSL, "").body()).startsWith("-3\n");
      }
    }
  }

  @Test
  void onlyTheIntermediateCiphersAreTaken() throws Exception {
    for (String suite : SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites()) {
      if (suite.startsWith("TLS_ECDHE_ECDSA") || suite.startsWith("TLS_RSA")) {
        assertThat(isTaken(suite)).as(suite).isEqualTo(INTERMEDIATE.contains(suite));
      }
    }
  }

  @Test
  void theServerPrefersAes128() throws IOException {
    String[] suites = {INTERMEDIATE.get(2), INTERMEDIATE.get(1), INTERMEDIATE.get(0)};
    try (RawConnection connection = RawConnection.tls(server.httpsPort(), "TLSv1.2", suites)) {
      assertThat(connection.session().getCipherSuite()).isEqualTo(INTERMEDIATE.get(0));
    }
  }

  /** Broke once: a renewed certificate was served after the next start alone. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void renewedFilesAreForNewConnectionsAndTheOthersGoOn(String version) throws IOException {
    SSLContext context = RawConnection.trustingAll();
    try (TestServer renewed = TestServer.start();
        RawConnection kept = RawConnection.tls(context, renewed.httpsPort(), version)) {
      assertThat(kept.post(Forms.SSL, "").status()).isEqualTo(200);
      Certificate first = certificate(kept);
      TlsFiles.in(renewed.folder(), Profile.INTERMEDIATE);
      renewed.reloadTls();
      Set<Certificate> later = new HashSet<>();
      for (int i = 0; i < 5; i++) {
        // On whichever event loop, and with the session of before, which must not bring it back.
        try (RawConnection next = RawConnection.tls(context, renewed.httpsPort(), version)) {
          assertThat(next.post(Forms.SSL, "").status()).isEqualTo(200);
          later.add(certificate(next));
        }
      }
      assertThat(later).hasSize(1).doesNotContain(first);
      assertThat(kept.post(Forms.SSL, "").status()).isEqualTo(200);
    }
  }

  @Test
  void filesThatAreNoPairChangeNothing() throws IOException {
    try (TestServer kept = TestServer.start()) {
      Certificate first = certificate(kept);
      String certificate = Files.readString(kept.folder().resolve("tls.crt"));
      TlsFiles.in(kept.folder(), Profile.INTERMEDIATE);
      Files.writeString(kept.folder().resolve("tls.crt"), certificate);
      assertThatTlsIsRefused(kept);
      Files.writeString(kept.folder().resolve("tls.crt"), "garbage");
      assertThatTlsIsRefused(kept);
      assertThat(certificate(kept)).isEqualTo(first);
      TlsFiles.in(kept.folder(), Profile.INTERMEDIATE);
      kept.reloadTls();
      assertThat(certificate(kept)).isNotEqualTo(first);
    }
  }

  private static void assertThatTlsIsRefused(TestServer server) {
    assertThatThrownBy(server::reloadTls)
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("cannot serve TLS (");
  }

  private static Certificate certificate(TestServer server) throws IOException {
    try (RawConnection connection = RawConnection.https(server)) {
      assertThat(connection.post(Forms.SSL, "").status()).isEqualTo(200);
      return certificate(connection);
    }
  }

  private static Certificate certificate(RawConnection connection) throws IOException {
    return connection.session().getPeerCertificates()[0];
  }

  private static boolean isTaken(String suite) throws IOException {
    try (RawConnection connection = RawConnection.tls(server.httpsPort(), "TLSv1.2", suite)) {
      return connection.session().getCipherSuite().equals(suite);
    } catch (SSLException | IllegalArgumentException refused) {
      return false;
    }
  }

  /** A session that is resumed keeps the time at which it began. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void sessionsAreResumedWhicheverListenerTakesTheConnection(String version) throws IOException {
    SSLContext context = RawConnection.trustingAll();
    long[] began = new long[9];
    for (int i = 0; i < began.length; i++) {
      try (RawConnection connection = RawConnection.tls(context, server.httpsPort(), version)) {
        assertThat(connection.post(Forms.SSL, "").status()).isEqualTo(200);
        SSLSession session = connection.session();
        began[i] = session.getCreationTime();
      }
      long before = System.currentTimeMillis();
      Await.until("the clock moves on", () -> System.currentTimeMillis() > before + 1);
    }
    assertThat(Arrays.stream(began).distinct().count()).isEqualTo(1);
  }
}
