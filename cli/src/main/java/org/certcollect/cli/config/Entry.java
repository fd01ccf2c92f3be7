package org.certcollect.cli.config;

import java.nio.file.Path;

/** A key and its value as text, not yet checked. */
public record Entry(String name, String value, SettingOrigin origin) {
  /**
   * A key that a flag of the command line sets.
   *
   * @param flag the flag as it was written, for example {@code --https-port}
   */
  public static Entry flag(String flag, String name, String value) {
    return new Entry(name, value, SettingOrigin.flag(flag));
  }

  /**
   * The origin of a value.
   *
   * @param text the description of the origin, for example {@code /etc/certcollect.properties:12}
   *     or {@code --https-port}
   * @param folder the folder for a relative file name in the value
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
}
