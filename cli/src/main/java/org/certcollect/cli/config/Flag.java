package org.certcollect.cli.config;

/**
 * A flag of the command line that sets a key.
 *
 * @param flag the flag as it was written, for example {@code --https-port}
 */
public record Flag(String flag, String name, String value) {
  Entry entry() {
    return new Entry(name, value, SettingOrigin.flag(flag));
  }
}
