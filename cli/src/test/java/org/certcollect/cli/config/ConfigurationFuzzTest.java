package org.certcollect.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.admin.TemporaryFolder;
import org.certcollect.protocol.fixtures.FuzzInputs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A configuration file is read, or refused with all that is wrong in it. */
class ConfigurationFuzzTest {
  private static final TemporaryFolder FOLDER = TemporaryFolder.create();

  @AfterAll
  static void delete() {
    FOLDER.close();
  }

  static Stream<Named<byte[]>> inputs() {
    return FuzzInputs.of(ConfigurationFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void storedInputs(byte[] input) throws IOException {
    fuzzerTestOneInput(input);
  }

  public static void fuzzerTestOneInput(byte[] file) throws IOException {
    Path folder = FOLDER.path();
    Path path = Files.write(folder.resolve("certcollect.properties"), file);
    try {
      new ConfigurationReader(Map.of(), folder, Optional.of(path)).settings(List.of());
    } catch (ConfigurationException refused) {
      // As it should be.
    }
  }
}
