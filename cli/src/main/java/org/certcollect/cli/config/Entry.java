package org.certcollect.cli.config;

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
}
