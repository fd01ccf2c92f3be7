package org.certcollect.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.config.TlsConfig.Pkcs11Key;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSettingsTest {
  @TempDir private Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    for (String name : List.of("pkcs11.cfg", "pin", "c.pem", "k.pem")) {
      Files.writeString(folder.resolve(name), "");
    }
  }

  private Configuration read(String... lines) throws IOException {
    Files.write(folder.resolve("certcollect.properties"), List.of(lines));
    return new ConfigurationReader(Map.of(), folder, Optional.empty()).readToServe(List.of());
  }

  private List<String> problems(String... lines) {
    String message =
        catchThrowableOfType(ConfigurationException.class, () -> read(lines)).getMessage();
    return message
        .replace(folder.resolve("certcollect.properties").toString(), "FILE")
        .lines()
        .toList();
  }

  @Test
  void theTokenIsTheOnlyPlaceOfKeys() throws IOException {
    String pin = "tls.pkcs11-pin-file = pin";
    String certificate = "tls.certificate = c.pem";
    Path file = folder.resolve("pkcs11.cfg");
    assertThat(read("tls.pkcs11-config = pkcs11.cfg", "tls.pkcs11-key = my key").tls())
        .map(TlsConfig::files)
        .contains(List.of(new Pkcs11Key(file, "my key", Optional.empty(), Optional.empty())));
    assertThat(
            read("tls.pkcs11-config = pkcs11.cfg", "tls.pkcs11-key = my key", pin, certificate)
                .tls())
        .map(TlsConfig::files)
        .contains(
            List.of(
                new Pkcs11Key(
                    file,
                    "my key",
                    Optional.of(folder.resolve("pin")),
                    Optional.of(folder.resolve("c.pem")))));
  }

  @Test
  void otherKeysBesideATokenAreRefusedByName() {
    assertThat(
            problems(
                "tls.pkcs11-config = pkcs11.cfg",
                "tls.pkcs11-key = tls",
                "tls.certificate = c.pem",
                "tls.key = k.pem",
                "tls.keystore = k.pem"))
        .containsExactly(
            "FILE:4: tls.key and tls.pkcs11-config are both set: a key in a token is the only key,"
                + " so remove one of them",
            "FILE:5: tls.keystore and tls.pkcs11-config are both set: a key in a token is the only"
                + " key, so remove one of them");
  }

  @Test
  void halfOfTheSettingsIsRefusedByName() {
    assertThat(problems("tls.pkcs11-config = pkcs11.cfg"))
        .containsExactly(
            "FILE:1: tls.pkcs11-config is set and tls.pkcs11-key is not: set it to the label of the"
                + " certificate in the token");
    assertThat(problems("tls.pkcs11-key = tls", "tls.pkcs11-pin-file = pin"))
        .containsExactly(
            "FILE:1: tls.pkcs11-key is set and tls.pkcs11-config is not: set it, too, or"
                + " remove this",
            "FILE:2: tls.pkcs11-pin-file is set and tls.pkcs11-config is not: set it, too, or"
                + " remove this");
    assertThat(problems("tls.pkcs11-key = tls", "tls.certificate = c.pem", "tls.alt-key = k.pem"))
        .as("no word about tls.key, and all problems at once")
        .containsExactly(
            "FILE:1: tls.pkcs11-key is set and tls.pkcs11-config is not: set it, too, or"
                + " remove this",
            "FILE:3: tls.alt-key is set and tls.alt-certificate is not: set both or none");
    assertThat(problems("tls.pkcs11-config = none.cfg", "tls.pkcs11-key = tls"))
        .containsExactly(
            "FILE:1: tls.pkcs11-config: " + folder.resolve("none.cfg") + " does not exist");
  }
}
