package org.certcollect.cli;

import java.util.List;
import org.certcollect.cli.account.AccountVerbs;
import org.certcollect.cli.admin.AdminVerbs;
import org.certcollect.cli.audit.AuditVerbs;
import org.certcollect.cli.ca.CaVerbs;
import org.certcollect.cli.collect.CollectVerb;
import org.certcollect.cli.demo.Demo;
import org.certcollect.cli.mail.MailVerbs;
import org.certcollect.cli.message.MessageVerbs;
import org.certcollect.cli.order.EventsVerb;
import org.certcollect.cli.order.OrderAddVerb;
import org.certcollect.cli.order.OrderCertificateVerbs;
import org.certcollect.cli.order.OrderHandlingVerbs;
import org.certcollect.cli.order.OrderIssueVerb;
import org.certcollect.cli.order.OrderListVerb;
import org.certcollect.cli.order.OrderVerbs;
import org.certcollect.cli.push.PushVerbs;
import org.certcollect.cli.serve.Serve;
import org.certcollect.cli.serve.ServerVerbs;
import org.certcollect.cli.settings.ConfigVerbs;
import org.certcollect.cli.training.TrainingVerb;
import org.certcollect.cli.transfer.Backup;
import org.certcollect.cli.transfer.Export;
import org.certcollect.cli.transfer.Import;
import org.certcollect.cli.transfer.Prune;
import org.certcollect.cli.verb.Converters;
import org.certcollect.cli.verb.GlobalOptions;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.cli.verb.Surroundings;
import org.certcollect.server.management.BuildInfo;
import org.certcollect.store.ApiCredential.Kind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

public final class CommandTree {
  private CommandTree() {}

  /** The whole tree. */
  public static CommandLine of(Surroundings surroundings) {
    return forCommand(surroundings);
  }

  /**
   * The tree as far as a command needs it. To build the whole takes longer than most verbs do, and
   * only the help of the program and the completion look at more than one verb.
   */
  static CommandLine forCommand(Surroundings surroundings, String... arguments) {
    Certcollect root = new Certcollect();
    Shell shell = new Shell(surroundings, root.options);
    CommandLine tree = new CommandLine(root);
    verbs(shell).addTo(tree, arguments);
    everywhere(tree.getCommandSpec());
    tree.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(
            verb ->
                List.of("demo", "collect", "completion", "archive-classes").contains(verb.name()))
        .forEach(CommandTree::hideStore);
    Converters.register(tree);
    FailureHandler failures = new FailureHandler(shell);
    return tree.setCommandName(surroundings.program())
        .setColorScheme(
            Help.defaultColorScheme(surroundings.colours() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setOut(surroundings.out())
        .setErr(surroundings.err())
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setExecutionStrategy(FailureHandler::execute)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** The verbs and groups by their names, in the order of the help. */
  private static LazyVerbs verbs(Shell shell) {
    return new LazyVerbs()
        .verb("demo", () -> new Demo(shell))
        .verb("serve", () -> new Serve(shell))
        .verb("status", () -> new ServerVerbs.StatusVerb(shell))
        .verb("drain", () -> new ServerVerbs.DrainVerb(shell))
        .verb("collect", () -> new CollectVerb(shell))
        .group(
            "account",
            "The accounts that collect.",
            new LazyVerbs()
                .verb("add", () -> new AccountVerbs.AccountAdd(shell))
                .verb("list", () -> new AccountVerbs.AccountList(shell))
                .verb("show", () -> new AccountVerbs.AccountShow(shell))
                .verb("change", () -> new AccountVerbs.AccountChange(shell))
                .verb("disable", () -> new AccountVerbs.AccountDisable(shell))
                .verb("enable", () -> new AccountVerbs.AccountEnable(shell))
                .verb("rename", () -> new AccountVerbs.AccountRename(shell))
                .verb("anonymise", () -> new AccountVerbs.AccountAnonymise(shell))
                .verb(
                    "allow",
                    "Enable an account for more products.",
                    () -> new AccountVerbs.AccountProducts(shell, true))
                .verb(
                    "deny",
                    "Disable an account for products.",
                    () -> new AccountVerbs.AccountProducts(shell, false))
                .verb("password", () -> new AccountVerbs.AccountPassword(shell)))
        .group(
            "order",
            "The orders and their certificates.",
            new LazyVerbs()
                .verb("add", () -> new OrderAddVerb(shell))
                .verb("list", () -> new OrderListVerb(shell))
                .verb("show", () -> new OrderVerbs.OrderShowVerb(shell))
                .verb("certificate", () -> new OrderCertificateVerbs.OrderCertificateVerb(shell))
                .verb("pay", () -> new OrderVerbs.OrderPayVerb(shell))
                .verb(
                    "reject",
                    "Reject an order that awaits payment or is being processed.",
                    () -> new OrderVerbs.OrderEndVerb(shell, false))
                .verb("issue", () -> new OrderIssueVerb(shell))
                .verb("reissue", () -> new OrderVerbs.OrderReissueVerb(shell))
                .verb("validation", () -> new OrderVerbs.OrderValidationVerb(shell))
                .verb("csr", () -> new OrderHandlingVerbs.OrderCsrVerb(shell))
                .verb("move", () -> new OrderHandlingVerbs.OrderMoveVerb(shell))
                .verb("hold", () -> new OrderHandlingVerbs.OrderHoldVerb(shell))
                .verb("release", () -> new OrderHandlingVerbs.OrderReleaseVerb(shell))
                .verb("note", () -> new OrderHandlingVerbs.OrderNoteVerb(shell))
                .verb("change", () -> new OrderHandlingVerbs.OrderChangeVerb(shell))
                .verb(
                    "revoke",
                    "Revoke the certificate of an issued order.",
                    () -> new OrderVerbs.OrderEndVerb(shell, true))
                .verb("code", () -> new OrderVerbs.OrderCodeVerb(shell))
                .verb("new-key", () -> new OrderVerbs.OrderNewKeyVerb(shell)))
        .group(
            "ca",
            "The CA certificates that chains are completed from.",
            new LazyVerbs()
                .verb("add", () -> new CaVerbs.CaAdd(shell))
                .verb("list", () -> new CaVerbs.CaList(shell))
                .verb("remove", () -> new CaVerbs.CaRemove(shell)))
        .verb("events", () -> new EventsVerb(shell))
        .group(
            "mail",
            "The e-mails about orders.",
            new LazyVerbs()
                .verb("test", () -> new MailVerbs.MailTest(shell))
                .verb(
                    "list",
                    "List the e-mails that wait, oldest first, and those that were given up.",
                    () -> new MessageVerbs.MessageList<>(shell, MessageVerbs.Kind.MAIL))
                .verb(
                    "retry",
                    "Have the server send an e-mail now, or all that were given up.",
                    () -> new MessageVerbs.MessageRetry<>(shell, MessageVerbs.Kind.MAIL))
                .verb(
                    "drop",
                    "Remove e-mails without sending them, for example one that holds up"
                        + " others.",
                    () -> new MessageVerbs.MessageDrop<>(shell, MessageVerbs.Kind.MAIL)))
        .group(
            "push",
            "The push notifications that tell accounts of changes.",
            new LazyVerbs()
                .verb("set", () -> new PushVerbs.PushSet(shell))
                .verb("show", () -> new PushVerbs.PushShow(shell))
                .verb("remove", () -> new PushVerbs.PushRemove(shell))
                .verb("test", () -> new PushVerbs.PushTest(shell))
                .verb(
                    "list",
                    "List the push notifications that wait, oldest first, and those that were"
                        + " given up.",
                    () -> new MessageVerbs.MessageList<>(shell, MessageVerbs.Kind.PUSH))
                .verb(
                    "retry",
                    "Have the server send a push notification now, or all that were given up.",
                    () -> new MessageVerbs.MessageRetry<>(shell, MessageVerbs.Kind.PUSH))
                .verb(
                    "drop",
                    "Remove push notifications without sending them.",
                    () -> new MessageVerbs.MessageDrop<>(shell, MessageVerbs.Kind.PUSH)))
        .group(
            "audit",
            "The audit log: who collected what, who changed what.",
            new LazyVerbs()
                .verb("verify", () -> new AuditVerbs.AuditVerify(shell))
                .verb("show", () -> new AuditVerbs.AuditShow(shell)))
        .group(
            "admin",
            "Who may use the admin API.",
            new LazyVerbs()
                .group(
                    "token",
                    "The tokens of the admin API.",
                    new LazyVerbs()
                        .verb("add", () -> new AdminVerbs.TokenAdd(shell))
                        .verb(
                            "list",
                            "List the tokens.",
                            () -> new AdminVerbs.CredentialList(shell, Kind.TOKEN))
                        .verb("remove", () -> new AdminVerbs.CredentialRemove(shell)))
                .group(
                    "client",
                    "The client certificates of the admin API.",
                    new LazyVerbs()
                        .verb("add", () -> new AdminVerbs.ClientAdd(shell))
                        .verb(
                            "list",
                            "List the client certificates.",
                            () -> new AdminVerbs.CredentialList(shell, Kind.CERTIFICATE))
                        .verb("remove", () -> new AdminVerbs.CredentialRemove(shell))))
        .group(
            "config",
            "The configuration.",
            new LazyVerbs()
                .verb("check", () -> new ConfigVerbs.ConfigCheck(shell))
                .verb("show", () -> new ConfigVerbs.ConfigShow(shell)))
        .verb(
            "import",
            () ->
                reworded(
                    new Import(shell), "--force", "Replace the file of --rejects if it exists."))
        .verb(
            "export",
            () ->
                reworded(
                    new Export(shell),
                    "--json",
                    "No effect: the output is JSON, one record per line, in any case."))
        .verb("backup", () -> new Backup(shell))
        .verb("prune", () -> new Prune(shell))
        .verb(
            "archive-classes",
            () ->
                new TrainingVerb(
                    shell, (surroundings, words) -> forCommand(surroundings, words).execute(words)))
        .verb("completion", () -> new Completion(shell))
        .verb("help", () -> new HelpVerb(shell));
  }

  private static String[] version() {
    BuildInfo build = BuildInfo.CURRENT;
    return new String[] {
      "certcollect %s, commit %s".formatted(build.version(), build.commit()),
      "Java %s, %s".formatted(Runtime.version(), System.getProperty("java.vm.vendor"))
    };
  }

  /** A verb for which an option that several verbs have does something of its own. */
  private static CommandLine reworded(StoreVerb verb, String option, String description) {
    CommandLine command = new CommandLine(verb);
    CommandSpec spec = command.getCommandSpec();
    // The options are shown in the order in which they were added.
    for (OptionSpec old : List.copyOf(spec.options())) {
      OptionSpec.Builder copy = OptionSpec.builder(old);
      spec.remove(old);
      spec.addOption(
          (old.longestName().equals(option) ? copy.description(description) : copy).build());
    }
    return command;
  }

  private static void everywhere(CommandSpec spec) {
    spec.mixinStandardHelpOptions(true).versionProvider(CommandTree::version);
    spec.usageMessage()
        .sortOptions(false)
        .synopsisSubcommandLabel("VERB")
        .commandListHeading("Verbs:%n");
    spec.subcommands().values().forEach(command -> everywhere(command.getCommandSpec()));
  }

  /** Leaves the options of the store out of the help of a verb that opens none. */
  private static void hideStore(CommandSpec verb) {
    for (String name : List.of("--data", "--config")) {
      OptionSpec option = verb.findOption(name);
      verb.remove(option);
      verb.addOption(OptionSpec.builder(option).hidden(true).build());
    }
  }

  @Command(
      name = "certcollect",
      description = "Serve issued certificates over the Collect protocol, specification 1.06.",
      footer = {
        "",
        "Exit codes: 0 done; 1 refused; 2 wrong usage or configuration; 3 the store or the server"
            + " cannot be reached; 70 an internal error; 75 try `collect` again later; 77 the token"
            + " of the TLS key refused the PIN; 141 the reader of a pipe ended.",
        "Try `${ROOT-COMMAND-NAME} demo`."
      })
  static final class Certcollect {
    @Mixin final GlobalOptions options = new GlobalOptions();
  }
}
