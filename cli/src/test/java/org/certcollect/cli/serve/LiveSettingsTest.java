package org.certcollect.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.cli.config.Configuration;
import org.certcollect.cli.config.ConfigurationException;
import org.certcollect.cli.config.ConfigurationReader;
import org.certcollect.cli.config.StoreConfig;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSettingsTest {
  private static final String STORE =
      "store.url=jdbc:postgresql://db/c\nstore.user=u\nstore.password-file=password\n";

  @TempDir private Path data;
  private final List<Configuration> taken = new ArrayList<>();

  @BeforeEach
  void writePassword() throws IOException {
    Files.writeString(data.resolve("password"), "first");
  }

  private LiveSettings settings(String file) throws IOException {
    write(file);
    return new LiveSettings(
        () -> new ConfigurationReader(Map.of(), data, Optional.empty()).settings(List.of()));
  }

  private void write(String file) throws IOException {
    Files.writeString(data.resolve("certcollect.properties"), file);
  }

  private static int connections(Configuration configuration) {
    return configuration.limits().connections();
  }

  @Test
  void aChangedFileAndAChangedPasswordAreTaken() throws IOException {
    LiveSettings live = settings(STORE + "limits.connections=100\n");
    write(STORE + "limits.connections=200\n");
    Files.writeString(data.resolve("password"), "second");
    live.readAgain(taken::add);
    assertThat(taken).hasSize(1);
    assertThat(connections(taken.get(0))).isEqualTo(200);
    assertThat(taken.get(0).store().map(StoreConfig::postgres).flatMap(PostgresConfig::password))
        .contains("second");
    assertThat(connections(live.configuration())).isEqualTo(200);
  }

  @Test
  void ofAnInvalidFileNothingIsTaken() throws IOException {
    LiveSettings live = settings("limits.connections=100\n");
    write("limits.connections=200\nlimits.body-deadline=never\n");
    assertThatThrownBy(() -> live.readAgain(taken::add))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("limits.body-deadline = never");
    assertThat(taken).isEmpty();
    assertThat(connections(live.configuration())).isEqualTo(100);
  }

  @Test
  void settingsThatTheirUserRefusesAreNotKept() throws IOException {
    LiveSettings live = settings("limits.connections=100\n");
    write("limits.connections=200\n");
    RuntimeException refusal = new IllegalStateException("the TLS files are invalid");
    assertThatThrownBy(
            () ->
                live.readAgain(
                    configuration -> {
                      throw refusal;
                    }))
        .isSameAs(refusal);
    assertThat(connections(live.configuration())).isEqualTo(100);
  }
}
