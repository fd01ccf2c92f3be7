package org.certcollect.server.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.OpenSslAsyncPrivateKeyMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.config.TlsConfig.Pkcs11Key;
import org.certcollect.server.config.TlsConfig.Profile;
import org.certcollect.server.http.StartCheck;
import org.certcollect.server.testing.SoftHsm;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TlsFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in a token that cannot be used, and what the operator is told. */
class TokenSignerTest {
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
    CompletableFuture<String> thread = new CompletableFuture<>();
    signer
        .sign(null, OpenSslAsyncPrivateKeyMethod.SSL_SIGN_ECDSA_SECP256R1_SHA256, new byte[9])
        .addListener(signed -> thread.complete(Thread.currentThread().getName()));
    assertThat(thread.get()).startsWith("certcollect-token");
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
        .contains("has no private key tls with a certificate, only [ec, rsa]: set tls.pkcs11-key");
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
    Files.write(pin, "Gr\u00fcn".getBytes(UTF_8));
    assertThat(problem(key)).contains(pin + " has no PIN: put it there in ASCII");
    Files.writeString(pin, "\n");
    assertThat(problem(key)).contains(pin + " has no PIN: put it there in ASCII");
  }

  @Test
  void aTokenThatWantsAPinWithoutAFileSaysHowToNameIt() throws Exception {
    token.logOut();
    assertThat(
            problem(new Pkcs11Key(token.configuration(), "ec", Optional.empty(), Optional.empty())))
        .endsWith("set tls.pkcs11-pin-file to a file with its PIN");
  }
}
