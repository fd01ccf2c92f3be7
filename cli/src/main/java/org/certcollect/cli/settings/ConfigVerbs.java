package org.certcollect.cli.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.certcollect.admin.AdminException;
import org.certcollect.admin.KeyFile;
import org.certcollect.admin.TemporaryFolder;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.config.Configuration;
import org.certcollect.cli.config.ConfigurationException;
import org.certcollect.cli.config.Entry;
import org.certcollect.cli.config.Settings;
import org.certcollect.cli.verb.Advice;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import org.certcollect.server.CollectServer;
import org.certcollect.server.mail.MailDelivery;
import org.certcollect.server.push.PushDelivery;
import org.certcollect.server.tls.ServedCertificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

public final class ConfigVerbs {
  private ConfigVerbs() {}

  @Command(name = "check", description = "Check the configuration and print all problems.")
  public static final class ConfigCheck implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final SettingFlags flags = new SettingFlags();

    public ConfigCheck(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() {
      List<Entry> set = flags.flags();
      Configuration configuration = shell.configuration().readToServe(set);
      List<String> problems = new ArrayList<>();
      try {
        TemporaryFolder.requireForLibraries();
        problems.addAll(
            CollectServer.problems(
                configuration.listen(), configuration.management(), configuration.tls()));
      } catch (AdminException e) {
        problems.add(Advice.message(e));
      }
      configuration.mail().map(MailDelivery::problems).ifPresent(problems::addAll);
      problems.addAll(PushDelivery.problems(configuration.push()));
      try {
        configuration.codesKey().ifPresent(KeyFile::read);
      } catch (AdminException e) {
        problems.add(Advice.message(e));
      }
      if (!problems.isEmpty()) {
        throw new ConfigurationException(problems);
      }
      configuration
          .warnings()
          .forEach(warning -> shell.output().note("certcollect: warning: " + warning));
      configuration.tls().stream()
          .flatMap(tls -> CollectServer.certificates(tls).stream())
          .forEach(this::show);
      shell.output().line("the configuration is valid");
      return ExitCode.DONE;
    }

    private void show(ServedCertificate certificate) {
      shell.output().line("certificate: " + certificate);
      certificate
          .warnings(shell.clock().instant())
          .forEach(warning -> shell.output().note("certcollect: warning: " + warning));
    }
  }

  @Command(
      name = "show",
      description = "Show each key, its value and its origin; secrets are masked.")
  public static final class ConfigShow implements Callable<Integer> {
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
}
