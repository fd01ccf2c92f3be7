package org.certcollect.cli.config;

import java.nio.file.Path;

/**
 * Where a value was set.
 *
 * @param text for example {@code /etc/certcollect.properties:12} or {@code --https-port}
 * @param folder what a relative file name in the value is relative to
 */
public record Origin(String text, Path folder) {
  private static final Path WORKING_FOLDER = Path.of("");

  static final Origin DEFAULT = new Origin("default", WORKING_FOLDER);

  static Origin line(Path file, int number) {
    return new Origin(file + ":" + number, file.toAbsolutePath().resolveSibling(""));
  }

  static Origin variable(String name) {
    return new Origin("environment " + name, WORKING_FOLDER);
  }

  static Origin flag(String name) {
    return new Origin(name, WORKING_FOLDER);
  }
}
