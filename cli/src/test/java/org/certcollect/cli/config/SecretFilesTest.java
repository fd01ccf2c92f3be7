package org.certcollect.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Warnings of secrets that everybody may read. No file of secrets drew one. */
class SecretFilesTest {
  private static final String PEM =
      """
      tls.certificate=c.pem
      tls.key=first.key
      tls.alt-certificate=a.pem
      tls.alt-key=other.key
      codes.key-file=codes.key
      store.url=jdbc:postgresql://localhost/c
      store.user=u
      store.password-file=store
      mail.host=localhost
      mail.from=ca@example.com
      mail.kinds=issued
      mail.user=u
      mail.password-file=mail
      """;

  @TempDir private Path folder;

  @BeforeEach
  void letAllEnterTheFolder() throws IOException {
    mode(folder, "rwxr-xr-x");
  }

  @Test
  void everyFileOfSecretsThatAllMayReadIsWarnedOf() throws IOException {
    assertThat(warnings(PEM, "rw-r--r--"))
        .contains(
            "%s holds a secret, and every user of this machine may read it: run `chmod o= %s`"
                .formatted(folder.resolve("store"), folder.resolve("store")))
        .extracting(this::file)
        .containsExactly("first.key", "other.key", "codes.key", "store", "mail");
    assertThat(warnings("tls.keystore=c.p12\ntls.keystore-password-file=p12\n", "rw-r--r--"))
        .extracting(this::file)
        .containsExactly("c.p12", "p12");
    String token = "tls.pkcs11-config=token\ntls.pkcs11-key=a\ntls.pkcs11-pin-file=pin\n";
    assertThat(warnings(token, "rw-r--r--")).extracting(this::file).containsExactly("pin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-r-----"})
  void ownerAndGroupMayReadThem(String mode) throws IOException {
    assertThat(warnings(PEM, mode)).isEmpty();
  }

  /** The Debian package keeps /etc/certcollect from others, whatever lies in it. */
  @Test
  void folderThatOthersMayNotEnterProtectsItsFiles() throws IOException {
    mode(folder, "rwxr-x---");
    assertThat(warnings(PEM, "rw-r--r--")).isEmpty();
  }

  @Test
  void fileBehindALinkCounts() throws IOException {
    Path secret = Files.createFile(folder.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("codes.key"), secret);
    mode(secret, "rw-r--r--");
    assertThat(warnings("codes.key-file=codes.key\n", "rw-r--r--"))
        .extracting(this::file)
        .containsExactly("codes.key");
    mode(secret, "rw-------");
    assertThat(warnings("codes.key-file=codes.key\n", "rw-------")).isEmpty();
  }

  private String file(String warning) {
    return warning.replaceFirst(folder + "/(.*) holds a secret, .*", "$1");
  }

  private List<String> warnings(String settings, String mode) throws IOException {
    for (String line : settings.lines().toList()) {
      Path file = folder.resolve(line.replaceFirst(".*=", ""));
      if (!line.contains(":") && !Files.exists(file)) {
        Files.createFile(file);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        mode(file, mode);
      }
    }
    Path configuration = Files.writeString(folder.resolve("c.properties"), settings);
    Configuration read =
        new ConfigurationReader(Map.of(), folder, Optional.of(configuration)).read();
    return read.warnings();
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
