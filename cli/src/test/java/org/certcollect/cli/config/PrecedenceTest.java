package org.certcollect.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecedenceTest {
  private static final Entry FLAG = Entry.flag("--https-port", "https.port", "3");

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void flagBeatsTheEnvironmentWhichBeatsTheFile() throws IOException {
    Files.writeString(folder.resolve("certcollect.properties"), "https.port = 1\n");
    assertThat(port(List.of())).isEqualTo(1);
    environment.put("CERTCOLLECT_HTTPS_PORT", "2");
    assertThat(port(List.of())).isEqualTo(2);
    assertThat(port(List.of(FLAG))).isEqualTo(3);
  }

  @Test
  void emptyValueIsAsIfItWereNotSetAtAll() throws IOException {
    Files.writeString(folder.resolve("certcollect.properties"), "https.port = 1\n");
    environment.put("CERTCOLLECT_HTTPS_PORT", "");
    assertThat(port(List.of())).isEqualTo(8443);
  }

  @Test
  void flagForTheFileBeatsTheVariableWhichBeatsTheDataFolder() throws IOException {
    Files.writeString(folder.resolve("certcollect.properties"), "https.port = 1\n");
    Path second = Files.writeString(folder.resolve("second"), "https.port = 2\n");
    Path third = Files.writeString(folder.resolve("third"), "https.port = 3\n");
    environment.put("CERTCOLLECT_CONFIG", second.toString());
    assertThat(port(List.of())).isEqualTo(2);
    assertThat(
            new ConfigurationReader(environment, folder, Optional.of(third))
                .read()
                .listen()
                .httpsPort())
        .isEqualTo(3);
  }

  @Test
  void eachOriginIsShown() throws IOException {
    Path file = folder.resolve("certcollect.properties");
    Files.writeString(file, "\nhttp.port = off\n");
    environment.put("CERTCOLLECT_LOG_FORMAT", "text");

    Settings settings = reader().settings(List.of(FLAG));

    assertThat(settings.shown())
        .extracting(key -> key.name() + " " + key.value().orElse("none") + " " + key.origin())
        .contains(
            "https.port 3 --https-port",
            "http.port off " + file + ":2",
            "log.format text environment CERTCOLLECT_LOG_FORMAT",
            "tls.profile intermediate default",
            "tls.key none default");
  }

  private int port(List<Entry> flags) {
    return reader().readToServe(flags).listen().httpsPort();
  }

  private ConfigurationReader reader() {
    return new ConfigurationReader(environment, folder, Optional.empty());
  }
}
