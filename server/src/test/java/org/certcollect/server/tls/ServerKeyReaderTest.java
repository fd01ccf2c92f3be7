package org.certcollect.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.config.TlsConfig.PemFiles;
import org.certcollect.server.config.TlsConfig.Pkcs12File;
import org.certcollect.server.config.TlsConfig.TlsKeyFiles;
import org.certcollect.server.http.StartCheck;
import org.certcollect.server.testing.OpenSslProgram;
import org.certcollect.server.testing.TlsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerKeyReaderTest {
  @TempDir private Path folder;

  private static ServerKeys read(TlsKeyFiles... files) throws Exception {
    return ServerKeyReader.read(new TlsConfig(List.of(files), TlsConfig.Profile.INTERMEDIATE));
  }

  private static List<String> types(ServerKeys keys) {
    return keys.certificates().stream().map(ServedCertificate::keyType).toList();
  }

  @Test
  void keysInOpenSslsOwnFormsAreRead() throws Exception {
    OpenSslProgram.run(folder, "ecparam -name prime256v1 -genkey -out ec.key");
    OpenSslProgram.run(folder, "genrsa -traditional -out rsa.key 2048");
    for (String name : List.of("ec", "rsa")) {
      OpenSslProgram.run(
          folder, "req -x509 -subj /CN=host -key %1$s.key -out %1$s.crt".formatted(name));
    }
    assertThat(folder.resolve("rsa.key")).content().startsWith("-----BEGIN RSA PRIVATE KEY");
    assertThat(folder.resolve("ec.key")).content().startsWith("-----BEGIN EC PARAMETERS");
    assertThat(
            types(
                read(
                    new PemFiles(folder.resolve("rsa.crt"), folder.resolve("rsa.key")),
                    new PemFiles(folder.resolve("ec.crt"), folder.resolve("ec.key")))))
        .containsExactly("EC", "RSA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " -legacy"})
  void pkcs12IsReadInEachForm(String form) throws Exception {
    TlsFiles.pem(folder, "host", "RSA");
    Path password = Files.writeString(folder.resolve("password"), "correct horse\n");
    OpenSslProgram.run(
        folder,
        "pkcs12 -export -in host.crt -inkey host.key -out host.p12 -passout file:password" + form);
    Path file = folder.resolve("host.p12");
    assertThat(types(read(new Pkcs12File(file, Optional.of(password))))).containsExactly("RSA");
    Files.writeString(password, "another");
    assertThatThrownBy(() -> read(new Pkcs12File(file, Optional.of(password))))
        .hasMessageContaining("password was incorrect");
    assertThatThrownBy(() -> read(new Pkcs12File(file, Optional.empty())))
        .isInstanceOf(KeyStoreException.class)
        .hasMessage(file + " has a password, and tls.keystore-password-file is not set");
  }

  /** Broke once: its message was the name twice, and advice about passwords. */
  @Test
  void aKeyStoreThatCannotBeOpenedIsAFaultOfItsFile() throws IOException {
    Path loop = folder.resolve("host.p12");
    Files.createSymbolicLink(loop, loop);
    assertThatThrownBy(() -> read(new Pkcs12File(loop, Optional.empty())))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  void secondKeyOfTheSameTypeIsRefused() {
    PemFiles one = TlsFiles.pem(folder, "one", "EC");
    PemFiles two = TlsFiles.pem(folder, "two", "EC");
    assertThatThrownBy(() -> read(one, two))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageStartingWith("there are two EC keys");
  }

  @Test
  void keyOfAnotherTypeIsRefused() {
    OpenSslProgram.run(
        folder, "req -x509 -newkey ed25519 -nodes -subj /CN=h -keyout ed.key -out ed.crt");
    assertThatThrownBy(() -> read(new PemFiles(folder.resolve("ed.crt"), folder.resolve("ed.key"))))
        .isInstanceOf(GeneralSecurityException.class);
  }

  /** As cert-manager and Kubernetes renew: the link to the folder of both files is replaced. */
  @Test
  void linkThatIsReplacedWhileFilesAreReadGivesOnePairOrTheOther() throws Exception {
    Path link = folder.resolve("live");
    for (String name : List.of("old", "new")) {
      TlsFiles.pem(Files.createDirectory(folder.resolve(name)), "tls", "EC");
    }
    PemFiles files = TlsFiles.files(link);
    for (int i = 0; i < 10; i++) {
      point(link, "old");
      Thread renewal = new Thread(() -> point(link, "new"));
      renewal.start();
      assertThat(types(read(files))).containsExactly("EC");
      renewal.join();
      assertThat(read(files).certificates())
          .isEqualTo(read(TlsFiles.files(folder.resolve("new"))).certificates());
    }
  }

  private void point(Path link, String target) {
    try {
      Path next = Files.createSymbolicLink(folder.resolve("next"), Path.of(target));
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void keyThatStaysThatOfAnotherCertificateIsRefused() {
    PemFiles one = TlsFiles.pem(folder, "one", "EC");
    PemFiles two = TlsFiles.pem(folder, "two", "RSA");
    assertThatThrownBy(() -> read(new PemFiles(one.certificate(), two.key())))
        .hasMessage(
            "the key in %s does not belong to the certificate of CN=localhost in %s"
                .formatted(two.key(), one.certificate()));
  }

  /** Broke once: the message named no file and gave advice about PEM files. */
  @Test
  void aKeyStoreWhoseKeyIsNotItsCertificatesIsNamedWithAdviceAboutIt() throws Exception {
    OpenSslProgram.run(folder, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out x.key");
    TlsFiles.pem(folder, "host", "EC");
    Path file = folder.resolve("host.p12");
    store(file, "x.key", "host.crt");
    assertThatThrownBy(() -> read(new Pkcs12File(file, Optional.empty())))
        .isInstanceOf(KeyStoreException.class)
        .hasMessage(
            "the key in " + file + " does not belong to its certificate, that of CN=localhost")
        .extracting(StartCheck::tls)
        .asString()
        .endsWith(
            "CN=localhost): tls.keystore must be a PKCS#12 file that holds each key with its own"
                + " certificate, and tls.keystore-password-file hold its password");
    store(file, "host.key", "host.crt");
    assertThat(types(read(new Pkcs12File(file, Optional.empty())))).containsExactly("EC");
  }

  /** Broke once: the message was that of an internal error. */
  @Test
  void aKeyStoreWithAKeyAloneIsNamed() {
    TlsFiles.pem(folder, "host", "EC");
    OpenSslProgram.run(
        folder, "pkcs12 -export -nocerts -inkey host.key -out host.p12 -passout pass:");
    Path file = folder.resolve("host.p12");
    assertThatThrownBy(() -> read(new Pkcs12File(file, Optional.empty())))
        .isInstanceOf(KeyStoreException.class)
        .hasMessage(file + " has a private key without a certificate");
  }

  /** Puts a key and a certificate into one file, which OpenSSL refuses if they are no pair. */
  private void store(Path file, String key, String certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    try (InputStream in = Files.newInputStream(folder.resolve(certificate))) {
      byte[] der =
          Base64.getMimeDecoder()
              .decode(Files.readString(folder.resolve(key)).replaceAll("-----[A-Z ]+-----", ""));
      store.setKeyEntry(
          "key",
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
          new char[0],
          new Certificate[] {CertificateFactory.getInstance("X.509").generateCertificate(in)});
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, new char[0]);
    }
  }
}
