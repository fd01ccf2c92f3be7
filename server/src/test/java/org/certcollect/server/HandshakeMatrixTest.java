package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.SoftAssertions;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.config.TlsConfig.Pkcs12File;
import org.certcollect.server.config.TlsConfig.Profile;
import org.certcollect.server.config.TlsConfig.TlsKeyFiles;
import org.certcollect.server.testing.OpenSslProgram;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TlsFiles;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The handshakes of {@code openssl s_client} with every profile, set of keys, protocol version and
 * kind of signature.
 */
class HandshakeMatrixTest {
  private static final Pattern SIGNATURE = Pattern.compile("Peer signature type: (RSA|ECDSA)");
  private static final Pattern VERSION = Pattern.compile("(?m)^New, (TLSv1\\.[23]), Cipher is");

  /** The key types that each client takes, under its options. TLS 1.2 has no prefix. */
  private static final Map<String, List<String>> CLIENTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("-tls1 -cipher ALL:@SECLEVEL=0", List.of()),
              Map.entry("-tls1_1 -cipher ALL:@SECLEVEL=0", List.of()),
              Map.entry("-tls1_2", List.of("EC", "RSA")),
              Map.entry("-tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256", List.of("EC")),
              Map.entry("-tls1_2 -cipher ECDHE-RSA-CHACHA20-POLY1305", List.of("RSA")),
              // Programs of 2014 know neither RSA-PSS nor ECDSA.
              Map.entry("-tls1_2 -sigalgs RSA+SHA256", List.of("RSA")),
              Map.entry("-tls1_2 -cipher ECDHE-RSA-AES128-SHA", List.of()),
              Map.entry("-tls1_2 -cipher AES128-GCM-SHA256", List.of()),
              Map.entry("-tls1_3", List.of("EC", "RSA")),
              Map.entry("-tls1_3 -sigalgs ecdsa_secp256r1_sha256", List.of("EC")),
              Map.entry("-tls1_3 -sigalgs rsa_pss_rsae_sha256", List.of("RSA"))));

  @TempDir private static Path folder;
  private static Store store;
  private static TlsKeyFiles ec;
  private static TlsKeyFiles rsa;

  @BeforeAll
  static void makeKeys() {
    TestLog.keepQuiet();
    store = SqliteStore.open(folder.resolve("store.db"), Clock.systemUTC());
    ec = TlsFiles.pem(folder, "ec", "EC");
    rsa = TlsFiles.pem(folder, "rsa", "RSA");
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void anEcKeyAlone() {
    assertThatClientsGet(List.of("EC"), Profile.INTERMEDIATE, ec);
  }

  @Test
  void anRsaKeyAlone() {
    assertThatClientsGet(List.of("RSA"), Profile.INTERMEDIATE, rsa);
  }

  @Test
  void bothKeysInWhicheverOrder() {
    assertThatClientsGet(List.of("EC", "RSA"), Profile.INTERMEDIATE, rsa, ec);
  }

  @Test
  void bothKeysWithTheModernProfile() {
    assertThatClientsGet(List.of("EC", "RSA"), Profile.MODERN, ec, rsa);
  }

  @Test
  void anRsaKeyBesideAnEcKeyInPkcs12() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "correct horse\n");
    OpenSslProgram.run(
        folder, "pkcs12 -export -in rsa.crt -inkey rsa.key -out rsa.p12 -passout file:password");
    Pkcs12File file = new Pkcs12File(folder.resolve("rsa.p12"), Optional.of(password));
    assertThatClientsGet(List.of("EC", "RSA"), Profile.INTERMEDIATE, file, ec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aRenewedRsaKeyIsServedAfterAReload(String version) throws IOException {
    ServerConfig config = config(Profile.INTERMEDIATE, TlsFiles.pem(folder, "renewed", "RSA"));
    SSLContext context = RawConnection.trustingAll();
    try (CollectServer server =
        CollectServer.start(config, store, new CollectionCodes(new byte[32]))) {
      Certificate first = certificate(context, server, version);
      TlsFiles.pem(folder, "renewed", "RSA");
      server.reload(config);
      assertThat(certificate(context, server, version)).isNotEqualTo(first);
    }
  }

  private static Certificate certificate(SSLContext context, CollectServer server, String version)
      throws IOException {
    try (RawConnection connection = RawConnection.tls(context, server.httpsPort(), version)) {
      return connection.session().getPeerCertificates()[0];
    }
  }

  private static ServerConfig config(Profile profile, TlsKeyFiles... files) {
    return new ServerConfig(
        new ListenConfig("127.0.0.1", 0, OptionalInt.empty()),
        new TlsConfig(List.of(files), profile),
        LimitsConfig.DEFAULT,
        AuthConfig.DEFAULT,
        ProxyConfig.DEFAULT,
        ProtocolConfig.DEFAULT);
  }

  private static void assertThatClientsGet(
      List<String> types, Profile profile, TlsKeyFiles... files) {
    ServerConfig config = config(profile, files);
    SoftAssertions all = new SoftAssertions();
    try (CollectServer server =
        CollectServer.start(config, store, new CollectionCodes(new byte[32]))) {
      CLIENTS.forEach(
          (client, itsTypes) -> {
            boolean hasVersion = profile == Profile.INTERMEDIATE || client.startsWith("-tls1_3");
            Optional<String> type =
                types.stream().filter(t -> hasVersion && itsTypes.contains(t)).findFirst();
            String version = client.startsWith("-tls1_3") ? "TLSv1.3" : "TLSv1.2";
            all.assertThat(handshake(server.httpsPort(), client))
                .as(client)
                .isEqualTo(type.map(t -> version + " " + t).orElse("refused"));
          });
    }
    all.assertAll();
  }

  private static String handshake(int port, String client) {
    String printed =
        OpenSslProgram.run(
            folder, String.format(Locale.ROOT, "s_client -connect 127.0.0.1:%d %s", port, client));
    assertThat(printed).contains("CONNECTED");
    String result =
        Stream.of(VERSION, SIGNATURE)
            .flatMap(pattern -> pattern.matcher(printed).results())
            .map((MatchResult match) -> match.group(1))
            .reduce("", (before, next) -> before + " " + next)
            .strip();
    return result.isEmpty() ? "refused" : result.replace("ECDSA", "EC");
  }
}
