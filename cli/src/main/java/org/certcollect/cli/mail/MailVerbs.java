package org.certcollect.cli.mail;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.config.ConfigurationException;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Texts;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.mail.MailDelivery;
import org.certcollect.server.mail.MailException;
import org.certcollect.store.Outbox;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

  @Command(
      name = "list",
      description = "List the e-mails that wait, oldest first, and those that were given up.")
  public static final class MailList extends StoreVerb {
    private static final int MAX_LIMIT = 100_000;

    @Option(names = "--failed", description = "Only those that were given up.")
    private boolean failed;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "Maximum number of e-mails (default: 100).")
    private int limit = 100;

    @Option(
        names = "--after",
        paramLabel = "ID",
        description = "Only e-mails after this one, as the note on the page before gives it.")
    private long after;

    public MailList(Shell shell) {
      super(shell, Stores.Use.READ);
    }

    @Override
    protected void prepare() {
      if (limit < 1 || limit > MAX_LIMIT) {
        throw CommandException.usage("--limit must be from 1 to " + MAX_LIMIT);
      }
    }

    @Override
    protected void run(Store store) {
      // One more than is shown tells whether there are more.
      List<Outbox.Message> found = store.outbox().list(failed, after, limit + 1);
      List<Outbox.Message> page = found.subList(0, Math.min(limit, found.size()));
      output()
          .list(
              page.stream().map(MailList::fields).toList(),
              json(),
              failed ? "No e-mail was given up." : "No e-mail waits.");
      if (found.size() > limit) {
        output().note("There are more e-mails: continue with --after " + page.get(limit - 1).id());
      }
    }

    private static Fields fields(Outbox.Message mail) {
      return new Fields()
          .add("id", mail.id())
          .add("kind", EnumWords.of(mail.kind()))
          .add("order", mail.order())
          .add("to", mail.recipient())
          .add("created", mail.created())
          .add("next", mail.next())
          .add("attempts", mail.attempts())
          .add("failed", mail.failed())
          .add("error", mail.error());
    }
  }

  @Command(
      name = "drop",
      description = "Remove an e-mail without sending it, for example one that holds up others.")
  public static final class MailDrop extends StoreVerb {
    @Parameters(paramLabel = "ID", description = "Number of the e-mail, as in `mail list`.")
    private long id;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Reason, for the history.")
    private Optional<String> reason = Optional.empty();

    public MailDrop(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void run(Store store) {
      store.outbox().drop(id, reason, shell().actor());
      done("e-mail " + id + " was removed", new Fields().add("id", id));
    }
  }

  @Command(
      name = "retry",
      description = "Have the server send an e-mail now, or all that were given up.")
  public static final class MailRetry extends StoreVerb {
    @Parameters(
        arity = "0..1",
        paramLabel = "ID",
        description = "Number of the e-mail, as in `mail list`.")
    private Optional<Long> id = Optional.empty();

    @Option(names = "--failed", description = "All that were given up.")
    private boolean failed;

    public MailRetry(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void prepare() {
      if (id.isPresent() == failed) {
        throw CommandException.usage("give either the number of an e-mail or --failed");
      }
    }

    @Override
    protected void run(Store store) {
      int count =
          store
              .outbox()
              .retry(id.map(OptionalLong::of).orElseGet(OptionalLong::empty), shell().actor());
      done(
          Texts.count(count, "e-mail") + " will be sent again", new Fields().add("retried", count));
    }
  }
}
