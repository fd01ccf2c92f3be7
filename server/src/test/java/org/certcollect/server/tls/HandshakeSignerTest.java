package org.certcollect.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.certcollect.server.config.TlsConfig.Profile;
import org.certcollect.server.testing.OpenSslProgram;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TlsFiles;
import org.certcollect.server.tls.ServerKeys.ServerKey;
import org.certcollect.server.tls.TestProvider.Mode;
import org.certcollect.store.x509.AwsLc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes over sockets, signed outside of BoringSSL. */
class HandshakeSignerTest {
  /** The options of clients, and the digest and type of the signature that an RSA key makes. */
  static final Map<String, String> CLIENTS =
      new TreeMap<>(
          Map.of(
              "-tls1_2 -sigalgs RSA+SHA1 -cipher ALL:@SECLEVEL=0", "SHA1 RSA",
              "-tls1_2 -sigalgs RSA+SHA256", "SHA256 RSA",
              "-tls1_2 -sigalgs RSA+SHA384", "SHA384 RSA",
              "-tls1_2 -sigalgs RSA+SHA512", "SHA512 RSA",
              "-tls1_2 -sigalgs rsa_pss_rsae_sha256", "SHA256 RSA-PSS",
              "-tls1_3 -sigalgs rsa_pss_rsae_sha256", "SHA256 RSA-PSS",
              "-tls1_3 -sigalgs rsa_pss_rsae_sha384", "SHA384 RSA-PSS",
              "-tls1_3 -sigalgs rsa_pss_rsae_sha512", "SHA512 RSA-PSS"));

  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

  private static final KeyPair RSA = TlsFiles.keys("RSA");
  private static final KeyPair EC = TlsFiles.keys("EC");

  private static Vertx vertx;
  @TempDir private Path folder;

  /** A key of which the JVM has only a name, as of one in a hardware module. */
  private record Handle(String getAlgorithm) implements PrivateKey {
    private static final long serialVersionUID = 1;

    @Override
    public String getAlgorithm() {
      return getAlgorithm;
    }

    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }

  @BeforeAll
  static void start() {
    TestLog.keepQuiet();
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static ServerKey served(PrivateKey key, KeyPair pair) {
    X509Certificate certificate = TlsFiles.selfSigned(pair, Instant.now().plusSeconds(86_400));
    return new ServerKey(key, new ServedCertificate(List.of(certificate)));
  }

  private static ServerKey rsa() {
    return served(RSA.getPrivate(), RSA);
  }

  private static ServerKeys keys(ServerKey... served) {
    Map<String, ServerKey> byType = new TreeMap<>();
    for (ServerKey each : served) {
      byType.put(each.certificate().keyType(), each);
    }
    return new ServerKeys(byType, Profile.INTERMEDIATE);
  }

  private static ServerKeys signedBy(TestProvider provider, ServerKey... served) {
    ServerKey rsa = served[served.length - 1];
    return keys(served).signingBy(HandshakeSigner.of(rsa, provider).orElseThrow());
  }

  private static int listen(ServerKeys keys) {
    return listen(keys, options -> options);
  }

  private static int listen(ServerKeys keys, UnaryOperator<NetServerOptions> more) {
    NetServerOptions options =
        new NetServerOptions()
            .setHost("127.0.0.1")
            .setSsl(true)
            .setKeyCertOptions(KeyCertOptions.wrap(keys))
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
            .setSslEngineOptions(new CredentialOptions());
    SUITES.forEach(options::addEnabledCipherSuite);
    NetServer server = vertx.createNetServer(more.apply(options));
    server.connectHandler(socket -> socket.handler(socket::write));
    return server.listen().toCompletionStage().toCompletableFuture().join().actualPort();
  }

  private String client(int port, String options) {
    return OpenSslProgram.run(
        folder, String.format(Locale.ROOT, "s_client -connect 127.0.0.1:%d %s", port, options));
  }

  /** Sends a byte, which comes back after the handshake. */
  private static void echo(SSLContext context, int port, String version) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setEnabledProtocols(new String[] {version});
      socket.getOutputStream().write(7);
      assertThat(socket.getInputStream().read()).isEqualTo(7);
    }
  }

  private static void echo(int port) throws IOException {
    echo(RawConnection.trustingAll(), port, "TLSv1.3");
  }

  @Test
  void awsLcSignsEverySchemeThatClientsAskFor() {
    ServerKey key = rsa();
    HandshakeSigner signer = HandshakeSigner.of(key, AwsLc.provider().orElseThrow()).orElseThrow();
    int port = listen(keys(key).signingBy(signer));
    CLIENTS.forEach((client, signature) -> assertThatGets(port, client, signature));
  }

  @Test
  void theProviderIsAskedOnceForEachHandshake() {
    TestProvider provider = new TestProvider(RSA.getPrivate());
    int port = listen(signedBy(provider, rsa()));
    int before = provider.signatures();
    CLIENTS.forEach((client, signature) -> assertThatGets(port, client, signature));
    assertThat(provider.signatures()).isEqualTo(before + CLIENTS.size());
  }

  private void assertThatGets(int port, String client, String signature) {
    String[] parts = signature.split(" ", 2);
    assertThat(client(port, client))
        .as(client)
        .contains("Peer signing digest: " + parts[0] + "\n")
        .contains("Peer signature type: " + parts[1] + "\n")
        .contains("Verification error: self-signed certificate")
        .contains(client.startsWith("-tls1_2") ? "New, TLSv1.2, Cipher" : "New, TLSv1.3, Cipher");
  }

  @ParameterizedTest
  @CsvSource({
    "-tls1_2, ECDSA",
    "-tls1_2 -sigalgs RSA+SHA256, RSA",
    "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256, RSA-PSS",
    "-tls1_3, ECDSA",
    "-tls1_3 -sigalgs rsa_pss_rsae_sha256, RSA-PSS"
  })
  void anEcKeyComesFirstAndBoringSslHasIt(String client, String type) {
    TestProvider provider = new TestProvider(RSA.getPrivate());
    int port = listen(signedBy(provider, served(EC.getPrivate(), EC), rsa()));
    int before = provider.signatures();
    assertThat(client(port, client)).contains("Peer signature type: " + type + "\n");
    assertThat(provider.signatures() - before).isEqualTo(type.equals("ECDSA") ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aResumedSessionNeedsNoSignature(String version) throws IOException {
    TestProvider provider = new TestProvider(RSA.getPrivate());
    int port = listen(signedBy(provider, rsa()));
    int before = provider.signatures();
    SSLContext context = RawConnection.trustingAll();
    for (int i = 0; i < 5; i++) {
      echo(context, port, version);
    }
    assertThat(provider.signatures()).isEqualTo(before + 1);
  }

  @Test
  void clientsAreAskedForCertificatesAsBefore() {
    TlsFiles.pem(folder, "client", "EC");
    TrustOptions trust = new PemTrustOptions().addCertPath(folder.resolve("client.crt").toString());
    int port =
        listen(
            signedBy(new TestProvider(RSA.getPrivate()), rsa()),
            options -> options.setClientAuth(ClientAuth.REQUIRED).setTrustOptions(trust));
    String with = client(port, "-tls1_2 -cert client.crt -key client.key");
    assertThat(with).contains("Client Certificate Types").contains("New, TLSv1.2, Cipher");
    assertThat(client(port, "-tls1_2")).contains("alert handshake failure");
  }

  @Test
  void theJdkSignsOnceTheProviderHasFailed() throws IOException {
    TestProvider provider = new TestProvider(RSA.getPrivate());
    int port = listen(signedBy(provider, rsa()));
    echo(port);
    int before = provider.set(Mode.REFUSED).signatures();
    try (TestLog log = TestLog.text()) {
      echo(port);
      echo(port);
      CLIENTS.forEach((client, signature) -> assertThatGets(port, client, signature));
      assertThat(log.lines("A provider failed to sign a TLS handshake"))
          .singleElement()
          .asString()
          .contains("TestProvider", "the module is gone");
    }
    assertThat(provider.signatures()).isEqualTo(before + 1);
  }

  @Test
  void aWrongSignatureIsRefusedByTheClientAndTheServerGoesOn() throws IOException {
    TestProvider provider = new TestProvider(RSA.getPrivate());
    int port = listen(signedBy(provider, rsa()));
    provider.set(Mode.WRONG);
    assertThatThrownBy(() -> echo(port)).isInstanceOf(SSLException.class);
    provider.set(Mode.RIGHT);
    echo(port);
  }

  @Test
  void aHandshakeThatNobodyCanSignFailsAndTheServerGoesOn() throws IOException {
    TestProvider module = new TestProvider(RSA.getPrivate());
    int port = listen(signedBy(module, served(new Handle("RSA"), RSA)));
    echo(port);
    module.set(Mode.REFUSED);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> echo(port)).isInstanceOf(IOException.class);
      assertThat(client(port, "-tls1_2")).contains("New, (NONE)");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WRONG", "REFUSED"})
  void aProviderThatDoesNotSignAtStartIsNotUsed(Mode mode) {
    TestProvider provider = new TestProvider(RSA.getPrivate()).set(mode);
    try (TestLog log = TestLog.text()) {
      assertThat(FasterSigner.of(rsa(), provider)).isEmpty();
      assertThat(log.lines("A provider cannot sign with the RSA key")).hasSize(1);
    }
  }

  @Test
  void aSlowerProviderIsNotUsed() {
    TestProvider provider = new TestProvider(RSA.getPrivate()).set(Mode.SLOW);
    try (TestLog log = TestLog.text()) {
      assertThat(FasterSigner.of(rsa(), provider)).isEmpty();
      assertThat(log.lines("Measured").get(0)).contains("signs=BoringSSL");
    }
  }

  /** Broke once: the server never started, as its answer filled the buffer of the measurement. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLongChainOfCertificatesIsMeasured() {
    ServedCertificate own = rsa().certificate();
    List<X509Certificate> chain = Collections.nCopies(80, own.own());
    ServerKey bundled = new ServerKey(RSA.getPrivate(), new ServedCertificate(chain));
    try (TestLog log = TestLog.text()) {
      FasterSigner.of(bundled, new TestProvider(RSA.getPrivate()).set(Mode.SLOW));
      assertThat(log.lines("Measured")).hasSize(1);
    }
  }

  @Test
  void smallKeysStayWithBoringSsl() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    KeyPair small = generator.generateKeyPair();
    assertThat(
            HandshakeSigner.of(served(small.getPrivate(), small), AwsLc.provider().orElseThrow()))
        .isEmpty();
  }

  @Test
  void anEcKeyAloneIsNotMeasured() {
    try (TestLog log = TestLog.text()) {
      assertThat(keys(served(EC.getPrivate(), EC)).signingFast().signer()).isEmpty();
      assertThat(log.lines()).isEmpty();
    }
  }
}
