package org.certcollect.cli.mail;

import java.util.List;
import java.util.concurrent.Callable;
import org.certcollect.cli.config.ConfigurationException;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.mail.MailDelivery;
import org.certcollect.server.mail.MailException;
import org.certcollect.store.domain.MailAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The verbs of {@code mail}. */
public final class MailVerbs {
  private MailVerbs() {}

  @Command(
      name = "test",
      description = "Send a trial to an address with the configured settings, and tell the answer.")
  public static final class MailTest implements Callable<Integer> {
    private final Shell shell;

    @Parameters(paramLabel = "ADDRESS", description = "Address that the trial is sent to.")
    private String address = "";

    public MailTest(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() {
      MailConfig config =
          shell
              .configuration()
              .read()
              .mail()
              .orElseThrow(
                  () -> CommandException.refused("e-mails are off: set mail.host to send them"));
      List<String> problems = MailDelivery.problems(config);
      if (!problems.isEmpty()) {
        throw new ConfigurationException(problems);
      }
      try {
        String answer =
            MailDelivery.trial(config, new MailAddress(address), shell.clock().instant());
        shell.output().line("the server took the mail: " + answer);
        return ExitCode.DONE;
      } catch (IllegalArgumentException e) {
        throw CommandException.usage(address + ": " + e.getMessage());
      } catch (MailException e) {
        throw CommandException.unreachable("the mail was not taken: " + e.getMessage(), e);
      }
    }
  }
}
