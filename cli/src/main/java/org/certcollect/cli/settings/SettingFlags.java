package org.certcollect.cli.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.cli.config.Entry;
import picocli.CommandLine.Option;

public final class SettingFlags {
  @Option(
      names = "--https-port",
      paramLabel = "PORT",
      description = "Port for HTTPS; 0 picks a free one (default: the setting https.port).")
  private Optional<String> httpsPort = Optional.empty();

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description =
          "Port for plain HTTP; 0 picks a free one, off for none (default: the setting http.port).")
  private Optional<String> httpPort = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set any key; may be repeated. `${ROOT-COMMAND-NAME} config show` lists them.")
  private Map<String, String> others = new LinkedHashMap<>();

  /** The flags that were given. Later ones override earlier ones. */
  public List<Entry> flags() {
    List<Entry> flags = new ArrayList<>();
    others.forEach((name, value) -> flags.add(Entry.flag("--set " + name, name, value)));
    httpsPort.ifPresent(port -> flags.add(Entry.flag("--https-port", "https.port", port)));
    httpPort.ifPresent(port -> flags.add(Entry.flag("--http-port", "http.port", port)));
    return flags;
  }
}
