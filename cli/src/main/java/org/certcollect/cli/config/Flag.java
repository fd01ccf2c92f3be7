package org.certcollect.cli.config;

/**
 * A key that the command line sets.
 *
 * @param flag as it was written, for example {@code --https-port}
 */
public record Flag(String flag, String name, String value) {
  Entry entry() {
    return new Entry(name, value, SettingOrigin.flag(flag));
  }
}
