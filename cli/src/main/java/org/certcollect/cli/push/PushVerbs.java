package org.certcollect.cli.push;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.certcollect.admin.PushAdministration;
import org.certcollect.admin.view.Fields;
import org.certcollect.admin.view.MessageFields;
import org.certcollect.cli.config.ConfigurationException;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ConfirmedVerb;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.server.config.PushConfig;
import org.certcollect.server.push.PushDelivery;
import org.certcollect.server.push.PushException;
import org.certcollect.store.Store;
import org.certcollect.store.domain.PushSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs of {@code push}. */
public final class PushVerbs {
  private PushVerbs() {}

  private static final class LoginArgument {
    @Parameters(paramLabel = "LOGIN", description = "Login of the account, case-sensitive.")
    private String login = "";
  }

  private static PushAdministration pushes(Shell shell, Store store) {
    return new PushAdministration(store, shell.actor(), shell.keyOfCodes(store)::use);
  }

  @Command(
      name = "set",
      description = {
        "Set the URL at which an account is told that an order was issued, reissued, rejected or"
            + " revoked.",
        "The settings take the place of those that the account had."
      })
  public static final class PushSet extends StoreVerb {
    @Mixin private final LoginArgument account = new LoginArgument();

    @Option(
        names = "--url",
        required = true,
        paramLabel = "URL",
        description =
            "URL that begins with https://; with http:// if push.networks allows its address.")
    private String url = "";

    @Option(
        names = "--user",
        paramLabel = "USER",
        description = "User of HTTP basic authentication (default: none).")
    private Optional<String> user = Optional.empty();

    @Option(
        names = "--password-stdin",
        description = "Read the password of the user from standard input.")
    private boolean stdin;

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "Read the password of the user from a file; - is standard input.")
    private Optional<Path> file = Optional.empty();

    @Option(
        names = "--with-certificate",
        description = "Send a new certificate along (default: only its status).")
    private boolean withCertificate;

    private Optional<String> password = Optional.empty();

    public PushSet(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void prepare() {
      if (stdin && file.isPresent()) {
        throw CommandException.usage("give one of --password-stdin and --password-file, not both");
      }
      Optional<Path> from = stdin ? Optional.of(Path.of("-")) : file;
      if (from.isPresent() != user.isPresent()) {
        throw CommandException.usage(
            "--user needs --password-file or --password-stdin, and they need --user");
      }
      password = from.map(path -> shell().text(path).replaceFirst("\r?\n\\z", ""));
    }

    @Override
    protected void run(Store store) {
      PushConfig config = shell().configuration().read().push();
      PushSettings settings =
          pushes(shell(), store)
              .set(
                  account.login,
                  new PushAdministration.Wanted(url, user, password, withCertificate),
                  wanted -> PushDelivery.problem(config, wanted));
      done(
          "account %s is told of changes at %s".formatted(account.login, settings.url().origin()),
          MessageFields.of(account.login, settings));
      if (!settings.url().secure()) {
        output().note("The notifications go without TLS: anybody on the way can read them.");
      }
    }
  }

  @Command(name = "show", description = "Show where an account is told of changes.")
  public static final class PushShow extends StoreVerb {
    @Mixin private final LoginArgument account = new LoginArgument();

    public PushShow(Shell shell) {
      super(shell, Stores.Use.READ);
    }

    @Override
    protected void run(Store store) {
      output()
          .record(
              MessageFields.of(account.login, pushes(shell(), store).require(account.login)),
              json());
    }
  }

  @Command(
      name = "remove",
      description = "Tell an account nothing from now on, and delete what waits for it.")
  public static final class PushRemove extends ConfirmedVerb {
    @Mixin private final LoginArgument account = new LoginArgument();

    public PushRemove(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected String question(Store store) {
      return "Tell account %s nothing, and delete what waits for it?".formatted(account.login);
    }

    @Override
    protected Change change(Store store) {
      pushes(shell(), store).remove(account.login);
      return new Change(
          "account %s is told nothing".formatted(account.login),
          new Fields().add("account", account.login));
    }
  }

  @Command(
      name = "test",
      description =
          "Send a trial to the URL of an account now, and tell the answer. It is about order 0.")
  public static final class PushTest extends StoreVerb {
    @Mixin private final LoginArgument account = new LoginArgument();

    public PushTest(Shell shell) {
      super(shell, Stores.Use.READ);
    }

    @Override
    protected void run(Store store) {
      PushSettings settings = pushes(shell(), store).require(account.login);
      PushConfig config = shell().configuration().read().push();
      List<String> problems = PushDelivery.problems(config);
      if (!problems.isEmpty()) {
        throw new ConfigurationException(problems);
      }
      try {
        int status =
            PushDelivery.trial(
                config,
                store,
                () -> shell().keyOfCodes(store).tryOut(),
                store.accounts().require(account.login).id(),
                settings);
        done(
            "the receiver took it: the answer was " + status,
            new Fields().add("account", account.login).add("answer", status));
      } catch (PushException e) {
        throw CommandException.unreachable("the trial was not taken: " + e.getMessage(), e);
      }
    }
  }
}
