package org.certcollect.cli.config;

import java.nio.file.Path;

/**
 * Where a value was set.
 *
 * @param text for example {@code /etc/certcollect.properties:12} or {@code --https-port}
 * @param folder what a relative file name in the value is relative to
 */
public record SettingOrigin(String text, Path folder) {
  private static final Path WORKING_FOLDER = Path.of("");

  static final SettingOrigin DEFAULT = new SettingOrigin("default", WORKING_FOLDER);

  static SettingOrigin line(Path file, int number) {
    return new SettingOrigin(file + ":" + number, file.toAbsolutePath().resolveSibling(""));
  }

  static SettingOrigin variable(String name) {
    return new SettingOrigin("environment " + name, WORKING_FOLDER);
  }

  static SettingOrigin flag(String name) {
    return new SettingOrigin(name, WORKING_FOLDER);
  }
}
