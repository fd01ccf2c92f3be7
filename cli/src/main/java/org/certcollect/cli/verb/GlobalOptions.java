package org.certcollect.cli.verb;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

public final class GlobalOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Folder of the store and its keys (default: CERTCOLLECT_DATA, or ./certcollect-data).")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "File with the configuration (default: CERTCOLLECT_CONFIG, or certcollect.properties in"
              + " the data folder).")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure (default: if CERTCOLLECT_DEBUG is set).")
  private boolean debug;

  Path data(Map<String, String> environment) {
    if (data.filter(folder -> folder.toString().isEmpty()).isPresent()) {
      throw CommandException.usage("--data names no folder: give one, or leave it out");
    }
    return data.orElseGet(
        () -> {
          String folder = environment.getOrDefault("CERTCOLLECT_DATA", "");
          return Path.of(folder.isEmpty() ? "certcollect-data" : folder);
        });
  }

  Optional<Path> config() {
    return config;
  }

  boolean debug(Map<String, String> environment) {
    return debug || !environment.getOrDefault("CERTCOLLECT_DEBUG", "").isEmpty();
  }
}
