package org.certcollect.cli.serve;

import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.certcollect.cli.config.Configuration;
import org.certcollect.cli.config.Settings;
import org.certcollect.server.log.LogEvent;

/** The settings of a running server, which can be read again. Confined to one thread. */
final class LiveSettings {
  private static final Logger LOG = Logger.getLogger("certcollect.serve");

  private final Supplier<Settings> source;
  private final Settings started;
  private Settings current;

  /**
   * @param source reads the settings, and throws if they are not valid
   */
  LiveSettings(Supplier<Settings> source) {
    this.source = source;
    started = source.get();
    current = started;
  }

  /** The configuration as it was read last. */
  Configuration configuration() {
    return Configuration.of(current);
  }

  /** Reads the settings again. What this throws, and what the user throws, leaves the last ones. */
  void readAgain(Use use) {
    Settings read = source.get();
    use.take(Configuration.of(read));
    List<String> changed = read.changedSince(current, true);
    List<String> restart = read.changedSince(started, false);
    current = read;
    LogEvent.info("The settings were read again")
        .with("changed", String.join(" ", changed))
        .to(LOG);
    if (!restart.isEmpty()) {
      LogEvent.warning("Some settings that changed are used only after a restart")
          .with("settings", String.join(" ", restart))
          .to(LOG);
    }
  }

  /** The user of a configuration. */
  interface Use {
    void take(Configuration configuration);
  }
}
