package org.certcollect.server.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.OpenSslAsyncPrivateKeyMethod;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.config.TlsConfig.Pkcs11Key;
import org.certcollect.server.config.TlsConfig.Profile;
import org.certcollect.server.http.StartCheck;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.SoftHsm;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TlsFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in a token that cannot be used, and what the operator is told. */
class TokenSignerTest {
  /** As in OpenSslAsyncPrivateKeyMethod, which needs BoringSSL to be loaded before. */
  private static final int ECDSA_SHA256 = 0x0403;

  @TempDir private static Path folder;
  private static SoftHsm token;

  @BeforeAll
  static void open() throws IOException {
    TestLog.keepQuiet();
    token = SoftHsm.in(folder);
  }

  private static ServerKeys read(Pkcs11Key key) throws Exception {
    return ServerKeyReader.read(new TlsConfig(List.of(key), Profile.INTERMEDIATE));
  }

  private static Pkcs11Key with(String configuration) throws IOException {
    Path file = Files.writeString(folder.resolve("other.cfg"), configuration);
    return new Pkcs11Key(file, "ec", Optional.of(token.pin()), Optional.empty());
  }

  private static String problem(Pkcs11Key key) {
    return assertThatThrownBy(() -> read(key))
        .isInstanceOf(TokenException.class)
        .extracting(StartCheck::tls)
        .actual();
  }

  @Test
  void theKeyStaysInTheTokenAndItsProviderIsRegisteredNowhere() throws Exception {
    for (String label : List.of("ec", "rsa")) {
      ServerKeys keys = read(token.key(label));
      assertThat(keys.all())
          .singleElement()
          .satisfies(served -> assertThat(served.key().getEncoded()).isNull());
      assertThat(keys.signingFast().signer())
          .as("nothing is measured")
          .containsInstanceOf(TokenSigner.class);
      assertThat(keys.certificates()).hasSize(1);
    }
    assertThat(
            Arrays.stream(Security.getProviders()).filter(each -> each.getName().endsWith("-test")))
        .isEmpty();
  }

  @Test
  void signaturesAreMadeOnThreadsOfTheTokensOwn() throws Exception {
    TokenSigner signer = (TokenSigner) read(token.key("ec")).signer().orElseThrow();
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    byte[] unused =
        signer
            .sign(null, OpenSslAsyncPrivateKeyMethod.SSL_SIGN_ECDSA_SECP256R1_SHA256, new byte[9])
            .get(20, TimeUnit.SECONDS);
    // A thread that has nothing more to do waits ten seconds for the next signature.
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .extracting(Thread::getName)
        .anyMatch(name -> name.startsWith("certcollect-token"));
  }

  @Test
  void aLibraryThatIsMissingIsNamed() throws Exception {
    assertThat(problem(with("name = test\nlibrary = /none.so\n")))
        .startsWith("cannot serve TLS: " + folder.resolve("other.cfg"))
        .contains(" opens no PKCS#11 token (Library /none.so does not exist): tls.pkcs11-config");
    assertThat(problem(with("librari = /none.so\n"))).contains("Unknown keyword 'librari', line 1");
  }

  @Test
  void aTokenThatIsMissingIsNamed() throws Exception {
    String configuration = Files.readString(token.configuration());
    assertThat(problem(with(configuration.replaceFirst("slot = .*", "slot = 99"))))
        .contains("opens no PKCS#11 token (CKR_SLOT_ID_INVALID)");
    assertThat(problem(with(configuration.replaceFirst("slot = .*", "slotListIndex = 4000"))))
        .contains("slotListIndex is 4000 but token only has");
  }

  @Test
  void aKeyThatIsMissingIsToldWithThoseThatAreThere() {
    assertThat(problem(token.key("tls")))
        .contains(
            "has no private key tls with a certificate, only [ec, p384, rsa]: set tls.pkcs11-key");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    for (String type : List.of("EC", "RSA")) {
      Path another = TlsFiles.pem(folder, "another-" + type, type).certificate();
      Pkcs11Key key = token.key("ec");
      assertThat(
              problem(
                  new Pkcs11Key(key.configuration(), key.label(), key.pin(), Optional.of(another))))
          .isEqualTo(
              "cannot serve TLS: the key ec in the PKCS#11 token does not belong to the certificate"
                  + " of CN=localhost: tls.certificate must be the certificate of tls.pkcs11-key");
    }
  }

  @Test
  void theCertificateMayBeInAFile() throws Exception {
    Pkcs11Key key = token.key("rsa");
    Path file = token.certificate("rsa");
    ServerKeys keys =
        read(new Pkcs11Key(key.configuration(), key.label(), key.pin(), Optional.of(file)));
    X509Certificate written =
        (X509Certificate)
            CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(file));
    assertThat(keys.certificates()).containsExactly(new ServedCertificate(List.of(written)));
  }

  @Test
  void aWrongPinIsToldAndNeverShown() throws Exception {
    token.logOut();
    Path pin = Files.writeString(folder.resolve("wrong-pin"), "KanarieGuess");
    Pkcs11Key key = new Pkcs11Key(token.configuration(), "ec", Optional.of(pin), Optional.empty());
    try (TestLog log = TestLog.text().everything()) {
      assertThat(problem(key))
          .contains("the PIN in " + pin + " is wrong (CKR_PIN_INCORRECT): correct it before")
          .doesNotContain("Kanarie");
      assertThat(log.toString()).doesNotContain("Kanarie");
    }
  }

  @Test
  void aFileWithAnythingElseThanAPinIsNoGuess() throws Exception {
    Path pin = folder.resolve("no-pin");
    Pkcs11Key key = with(pin);
    assertThat(problem(key))
        .isEqualTo(
            "cannot serve TLS: %s cannot be read (it does not exist): tls.pkcs11-pin-file must name"
                    .formatted(pin)
                + " a file that this user may read");
    token.logOut();
    for (String text : List.of("", "\n", "Gr\u00fcn", "12\n34\n", "1234\n\n", "12\t34")) {
      for (Charset charset : List.of(UTF_8, ISO_8859_1)) {
        Files.write(pin, text.getBytes(charset));
        assertThatThrownBy(() -> read(key))
            .as(text)
            .hasMessageStartingWith(pin + " has no PIN: put it there in ASCII, in one line")
            .isInstanceOfSatisfying(
                TokenException.class, e -> assertThat(e.isPinRefused()).isFalse());
      }
    }
  }

  @Test
  void aPinThatTheTokenAskedForIsNotCalledThatOfAFile() throws Exception {
    Pkcs11Key key = new Pkcs11Key(token.configuration(), "ec", Optional.empty(), Optional.empty());
    IOException wrong = new IOException(new UnrecoverableKeyException("CKR_PIN_INCORRECT"));
    assertThat(Pkcs11Token.refusal(key, wrong).getMessage())
        .startsWith("the PIN that the token asked for is wrong (CKR_PIN_INCORRECT): correct it");
  }

  private static Pkcs11Key with(Path pin) {
    return new Pkcs11Key(token.configuration(), "ec", Optional.of(pin), Optional.empty());
  }

  private static Throwable failure(TokenSigner signer, int algorithm) {
    return signer.sign(null, algorithm, new byte[] {1}).awaitUninterruptibly().cause();
  }

  @Test
  void aRefusedPinIsToldForEveryHandshake() throws Exception {
    Path pin = Files.writeString(folder.resolve("changed-pin"), SoftHsm.PIN);
    TokenSigner signer = (TokenSigner) read(with(pin)).signer().orElseThrow();
    token.logOut();
    Files.writeString(pin, "KanarieGuess");
    for (int i = 0; i < 3; i++) {
      assertThat(failure(signer, ECDSA_SHA256))
          .isInstanceOf(TokenException.class)
          .hasMessageStartingWith("the PIN in " + pin + " is wrong");
    }
  }

  @Test
  void aFileWithoutAPinIsReadAgainAtLaterHandshakes() throws Exception {
    Path pin = Files.writeString(folder.resolve("emptied-pin"), SoftHsm.PIN);
    TokenSigner signer = (TokenSigner) read(with(pin)).signer().orElseThrow();
    token.logOut();
    Files.writeString(pin, "");
    assertThat(failure(signer, ECDSA_SHA256)).hasMessageStartingWith(pin + " has no PIN");
    Files.writeString(pin, SoftHsm.PIN);
    Await.until("a signature", () -> failure(signer, ECDSA_SHA256) == null);
  }

  @Test
  void aSignatureThatTheKeyNeverMakesDoesNotOpenTheTokenAgain() throws Exception {
    TokenSigner signer = (TokenSigner) read(token.key("rsa")).signer().orElseThrow();
    try (TestLog log = TestLog.text()) {
      assertThat(failure(signer, ECDSA_SHA256)).isInstanceOf(InvalidKeyException.class);
      assertThat(failure(signer, OpenSslAsyncPrivateKeyMethod.SSL_SIGN_RSA_PSS_RSAE_SHA256))
          .isNull();
      assertThat(log.lines("did not sign")).hasSize(1);
      assertThat(log.lines("was opened again")).isEmpty();
    }
  }

  @Test
  void signaturesThatWaitedForASlowOpeningDoNotEachOpenTheTokenAgain() throws Exception {
    Path pin = Files.writeString(folder.resolve("slow-pin"), SoftHsm.PIN);
    TokenSigner signer = (TokenSigner) read(with(pin)).signer().orElseThrow();
    token.logOut();
    Files.delete(pin);
    assertThat(new ProcessBuilder("mkfifo", pin.toString()).start().waitFor()).isZero();
    List<Future<byte[]>> signatures = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      signatures.add(signer.sign(null, ECDSA_SHA256, new byte[] {1}));
    }
    try (OutputStream opening = Files.newOutputStream(pin)) {
      long start = System.nanoTime();
      Await.until(
          "the pause is over, counted from the start of the opening",
          () -> System.nanoTime() - start > Duration.ofMillis(1_200).toNanos());
      opening.write('\n');
    }
    for (Future<byte[]> signature : signatures) {
      assertThat(signature.await(10, TimeUnit.SECONDS)).as("nobody else reads the pipe").isTrue();
      assertThat(signature.isSuccess()).isFalse();
    }
  }

  @Test
  void openingsShareTheSessionsOfOneProvider() throws Exception {
    Pkcs11Token first = Pkcs11Token.open(token.key("ec"));
    for (int i = 0; i < 20; i++) {
      assertThat(Pkcs11Token.open(token.key("rsa")).provider()).isSameAs(first.provider());
      token.logOut();
    }
  }

  @Test
  void theCurveOfAKeyDecidesWhatItMustSign() throws Exception {
    Map<String, SignatureScheme> curves =
        Map.of(
            "secp256r1", SignatureScheme.ECDSA_SHA256,
            "secp384r1", SignatureScheme.ECDSA_SHA384,
            "secp521r1", SignatureScheme.ECDSA_SHA512);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    for (Map.Entry<String, SignatureScheme> curve : curves.entrySet()) {
      generator.initialize(new ECGenParameterSpec(curve.getKey()));
      assertThat(SignatureScheme.required(generator.generateKeyPair().getPublic()))
          .containsExactly(curve.getValue());
    }
  }

  @Test
  void aTokenThatWantsAPinWithoutAFileSaysHowToNameIt() throws Exception {
    token.logOut();
    assertThat(
            problem(new Pkcs11Key(token.configuration(), "ec", Optional.empty(), Optional.empty())))
        .endsWith("set tls.pkcs11-pin-file to a file with its PIN");
  }
}
