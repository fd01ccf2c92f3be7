package org.certcollect.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.AuthProvider;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.certcollect.server.config.TlsConfig.Pkcs11Key;

/**
 * A token of SoftHSM, a PKCS#11 library that is a real one except for its hardware. The keys "ec",
 * "p384" and "rsa" were made in it and cannot be taken out. Each has a certificate with its name.
 * All tests of a process have the same token, because the library sees no later one.
 */
public final class SoftHsm {
  /** A canary, as those of CanaryTest. */
  public static final String PIN = "KanariePin";

  private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final Pattern SLOT = Pattern.compile("reassigned to slot ([0-9]+)");

  private static Optional<String> slot = Optional.empty();

  private final Path folder;

  private SoftHsm(Path folder) {
    this.folder = folder;
  }

  /** The token, with the server's files about it in a folder of the test's. */
  public static synchronized SoftHsm in(Path folder) throws IOException {
    assumeTrue(Files.exists(LIBRARY), "softhsm2 is missing; .ci/run installs it");
    String conf = System.getenv("SOFTHSM2_CONF");
    assumeTrue(conf != null, "the variable SOFTHSM2_CONF is missing; Maven sets it");
    SoftHsm token = new SoftHsm(folder);
    Files.writeString(token.pin(), PIN + "\n");
    if (slot.isPresent()) {
      token.configure(slot.get());
      return token;
    }
    Path tokens = Files.createDirectories(Path.of(conf).resolveSibling("softhsm2-tokens"));
    Path own = Files.createTempFile(Path.of(conf).toAbsolutePath().getParent(), "softhsm2", "");
    Files.writeString(own, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
    // Another process may read it meanwhile.
    Files.move(own, Path.of(conf), StandardCopyOption.ATOMIC_MOVE);
    String said =
        run("softhsm2-util --init-token --free --label test --so-pin 12345678 --pin " + PIN);
    Matcher number = SLOT.matcher(said);
    assertThat(number.find()).as(said).isTrue();
    token.configure(number.group(1));
    token.keytool("-genkeypair -alias ec -dname CN=ec -keyalg EC -groupname secp256r1");
    token.keytool("-genkeypair -alias p384 -dname CN=p384 -keyalg EC -groupname secp384r1");
    token.keytool("-genkeypair -alias rsa -dname CN=rsa -keyalg RSA -keysize 2048");
    slot = Optional.of(number.group(1));
    return token;
  }

  private void configure(String number) throws IOException {
    Files.writeString(
        configuration(),
        """
        name = test
        library = %s
        slot = %s
        attributes(generate, CKO_PRIVATE_KEY, *) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
        }
        """
            .formatted(LIBRARY, number));
  }

  /** Writes the certificate of a key to a PEM file. */
  public Path certificate(String label) throws IOException {
    Path file = folder.resolve(label + ".pem");
    keytool("-exportcert -rfc -alias " + label + " -file " + file);
    return file;
  }

  /** The setting for a key with the certificate in the token. */
  public Pkcs11Key key(String label) {
    return new Pkcs11Key(configuration(), label, Optional.of(pin()), Optional.empty());
  }

  /** The configuration of SunPKCS11. */
  public Path configuration() {
    return folder.resolve("pkcs11.cfg");
  }

  /** The file with the PIN. */
  public Path pin() {
    return folder.resolve("pin");
  }

  /** Ends the login of this process, and with it all handles of private keys. */
  public void logOut() throws LoginException {
    AuthProvider provider =
        (AuthProvider) Security.getProvider("SunPKCS11").configure(configuration().toString());
    provider.logout();
  }

  private void keytool(String arguments) throws IOException {
    run(
        ("%s %s -keystore NONE -storetype PKCS11 -addprovider SunPKCS11 -providerArg %s"
                + " -storepass:file %s")
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "keytool"),
                arguments,
                configuration(),
                pin()));
  }

  private static String run(String command) throws IOException {
    Process process =
        new ProcessBuilder(List.of(command.split(" "))).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      assertThat(process.waitFor()).as(said).isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return said;
  }
}
