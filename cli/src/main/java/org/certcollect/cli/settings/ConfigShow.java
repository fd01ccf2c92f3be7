package org.certcollect.cli.settings;

import java.util.List;
import java.util.concurrent.Callable;
import org.certcollect.cli.config.Settings;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "show",
    description = "Show each key, its value and its origin; secrets are masked.")
public final class ConfigShow implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final SettingFlags flags = new SettingFlags();

  @Option(names = "--json", description = "Print JSON, one record per line.")
  private boolean json;

  public ConfigShow(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Settings settings = shell.configuration().settings(flags.flags());
    List<Fields> keys = settings.shown().stream().map(ConfigShow::fields).toList();
    shell.output().records(keys, json);
    return ExitCode.DONE;
  }

  private static Fields fields(Settings.Shown key) {
    return new Fields()
        .add("key", key.name())
        .add("value", key.value())
        .add("origin", key.origin())
        .add("meaning", key.meaning());
  }
}
