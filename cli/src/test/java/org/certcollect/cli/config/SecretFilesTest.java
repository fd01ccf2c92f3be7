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
            "%1$s holds a secret, and every user of this machine may read it: let only the service's"
                    .formatted(folder.resolve("store"))
                + " user or group read it, for example `chgrp certcollect %1$s && chmod 640 %1$s`"
                    .formatted(folder.resolve("store")))
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

  /** A command that is copied must not change another file. */
  @Test
  void nameWithABlankIsQuoted() throws IOException {
    assertThat(warnings("codes.key-file=it's a key\n", "rw-r--r--"))
        .singleElement()
        .asString()
        .contains("%s/it's a key holds".formatted(folder))
        .contains(" && chmod 640 '%s/it'\\''s a key'`".formatted(folder));
  }

  /** Nobody can change the mode of a container's secret on a read-only mount. */
  @Test
  void fileOnAReadOnlyMountIsLeftOut() throws IOException {
    Configuration configuration = read(PEM, "rw-r--r--");
    Path first = folder.resolve("first.key");
    assertThat(SecretFiles.warnings(configuration, first::equals))
        .extracting(this::file)
        .containsExactly("other.key", "codes.key", "store", "mail");
  }

  /** The way to the file counts, and not the way to its link. */
  @Test
  void fileBehindALinkCounts() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Path closed = Files.createDirectory(folder.resolve("closed"));
    mode(open, "rwxr-xr-x");
    mode(closed, "rwx------");
    for (Path of : List.of(open, closed)) {
      mode(Files.createFile(of.resolve("secret")), "rw-r--r--");
    }
    Files.createSymbolicLink(open.resolve("codes.key"), closed.resolve("secret"));
    Files.createSymbolicLink(closed.resolve("codes.key"), open.resolve("secret"));

    assertThat(warnings("codes.key-file=open/codes.key\n", "rw-------")).isEmpty();
    assertThat(warnings("codes.key-file=closed/codes.key\n", "rw-------"))
        .extracting(this::file)
        .containsExactly("closed/codes.key");
  }

  private String file(String warning) {
    return warning.replaceFirst(folder + "/(.*) holds a secret, .*", "$1");
  }

  private List<String> warnings(String settings, String mode) throws IOException {
    return read(settings, mode).warnings();
  }

  private Configuration read(String settings, String mode) throws IOException {
    for (String line : settings.lines().toList()) {
      Path file = folder.resolve(line.replaceFirst(".*=", ""));
      if (!line.contains(":") && !Files.exists(file)) {
        Files.createFile(file);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        mode(file, mode);
      }
    }
    Path configuration = Files.writeString(folder.resolve("c.properties"), settings);
    return new ConfigurationReader(Map.of(), folder, Optional.of(configuration)).read();
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
