package org.certcollect.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorePasswordTest {
  private static final String URL = "store.url = jdbc:postgresql://db/certcollect\n";
  private static final String USER = "store.user = collector\n";

  @TempDir private Path folder;

  @Test
  void passwordComesFromAFileWithoutItsLineEnd() throws IOException {
    Files.writeString(folder.resolve("secret"), "o pen\r\n");
    configure(URL + USER + "store.password-file = secret\n");
    assertThat(store(Map.of()).postgres().password()).contains("o pen");
  }

  @Test
  void environmentMayHoldItAndBeatsTheFile() throws IOException {
    configure(URL + USER + "store.password-file = missing\n");
    assertThat(store(Map.of("CERTCOLLECT_STORE_PASSWORD", "sesame")).postgres().password())
        .contains("sesame");
  }

  @Test
  void configurationItselfMayNot() throws IOException {
    configure(URL + USER + "store.password = sesame\n");
    assertThatThrownBy(() -> store(Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("store.password is accepted only in the environment")
        .hasMessageNotContaining("sesame");
  }

  @Test
  void itIsMaskedWhereverItCouldBeShown() throws IOException {
    configure(URL + USER);
    Map<String, String> environment = Map.of("CERTCOLLECT_STORE_PASSWORD", "sesame");
    assertThat(reader(environment).settings(List.of()).shown().toString())
        .contains("store.password")
        .doesNotContain("sesame");
    assertThat(reader(environment).read().toString()).doesNotContain("sesame");
  }

  @Test
  void wrongUrlIsSaidWithItsOrigin() throws IOException {
    configure("store.url = jdbc:postgresql://db/certcollect?sslmod=require\n" + USER);
    assertThatThrownBy(() -> store(Map.of()))
        .hasMessageContaining("certcollect.properties:1")
        .hasMessageContaining("sslmod");
  }

  @Test
  void urlWithoutAUserIsRefused() throws IOException {
    configure(URL);
    assertThatThrownBy(() -> store(Map.of())).hasMessageContaining("the user is missing");
  }

  private void configure(String text) throws IOException {
    Files.writeString(folder.resolve("certcollect.properties"), text);
  }

  private StoreConfig store(Map<String, String> environment) {
    return reader(environment).read().store().orElseThrow();
  }

  private ConfigurationReader reader(Map<String, String> environment) {
    return new ConfigurationReader(environment, folder, Optional.empty());
  }
}
