package org.certcollect.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
  /** The verbs that look at the others. */
  private static final Set<String> LOOKING_AROUND = Set.of("help", "completion");

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
    Map<String, Supplier<Object>> verbs = verbs(shell);
    String first = arguments.length == 0 ? "" : arguments[0];
    boolean isEnough = verbs.containsKey(first) && !LOOKING_AROUND.contains(first);
    verbs.forEach(
        (name, verb) -> {
          if (!isEnough || name.equals(first)) {
            tree.addSubcommand(name, verb.get());
          }
        });
    everywhere(tree.getCommandSpec());
    tree.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(verb -> List.of("demo", "collect", "completion").contains(verb.name()))
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
  private static Map<String, Supplier<Object>> verbs(Shell shell) {
    Map<String, Supplier<Object>> verbs = new LinkedHashMap<>();
    verbs.put("demo", () -> new Demo(shell));
    verbs.put("serve", () -> new Serve(shell));
    verbs.put("status", () -> new ServerVerbs.StatusVerb(shell));
    verbs.put("drain", () -> new ServerVerbs.DrainVerb(shell));
    verbs.put("collect", () -> new CollectVerb(shell));
    verbs.put(
        "account",
        () ->
            group("account", "The accounts that collect.")
                .addSubcommand(new AccountVerbs.AccountAdd(shell))
                .addSubcommand(new AccountVerbs.AccountList(shell))
                .addSubcommand(new AccountVerbs.AccountShow(shell))
                .addSubcommand(new AccountVerbs.AccountChange(shell))
                .addSubcommand(new AccountVerbs.AccountDisable(shell))
                .addSubcommand(new AccountVerbs.AccountEnable(shell))
                .addSubcommand(new AccountVerbs.AccountRename(shell))
                .addSubcommand(new AccountVerbs.AccountAnonymise(shell))
                .addSubcommand(
                    verb(
                        "allow",
                        "Enable an account for more products.",
                        new AccountVerbs.AccountProducts(shell, true)))
                .addSubcommand(
                    verb(
                        "deny",
                        "Disable an account for products.",
                        new AccountVerbs.AccountProducts(shell, false)))
                .addSubcommand(new AccountVerbs.AccountPassword(shell)));
    verbs.put(
        "order",
        () ->
            group("order", "The orders and their certificates.")
                .addSubcommand(new OrderAddVerb(shell))
                .addSubcommand(new OrderListVerb(shell))
                .addSubcommand(new OrderVerbs.OrderShowVerb(shell))
                .addSubcommand(new OrderCertificateVerbs.OrderCertificateVerb(shell))
                .addSubcommand(new OrderVerbs.OrderPayVerb(shell))
                .addSubcommand(
                    verb(
                        "reject",
                        "Reject an order that awaits payment or is being processed.",
                        new OrderVerbs.OrderEndVerb(shell, false)))
                .addSubcommand(new OrderIssueVerb(shell))
                .addSubcommand(new OrderVerbs.OrderReissueVerb(shell))
                .addSubcommand(new OrderVerbs.OrderValidationVerb(shell))
                .addSubcommand(new OrderHandlingVerbs.OrderCsrVerb(shell))
                .addSubcommand(new OrderHandlingVerbs.OrderMoveVerb(shell))
                .addSubcommand(new OrderHandlingVerbs.OrderHoldVerb(shell))
                .addSubcommand(new OrderHandlingVerbs.OrderReleaseVerb(shell))
                .addSubcommand(new OrderHandlingVerbs.OrderNoteVerb(shell))
                .addSubcommand(new OrderHandlingVerbs.OrderChangeVerb(shell))
                .addSubcommand(
                    verb(
                        "revoke",
                        "Revoke the certificate of an issued order.",
                        new OrderVerbs.OrderEndVerb(shell, true)))
                .addSubcommand(new OrderVerbs.OrderCodeVerb(shell))
                .addSubcommand(new OrderVerbs.OrderNewKeyVerb(shell)));
    verbs.put(
        "ca",
        () ->
            group("ca", "The CA certificates that chains are completed from.")
                .addSubcommand(new CaVerbs.CaAdd(shell))
                .addSubcommand(new CaVerbs.CaList(shell))
                .addSubcommand(new CaVerbs.CaRemove(shell)));
    verbs.put("events", () -> new EventsVerb(shell));
    verbs.put(
        "mail",
        () ->
            group("mail", "The e-mails about orders.")
                .addSubcommand(new MailVerbs.MailTest(shell))
                .addSubcommand(
                    verb(
                        "list",
                        "List the e-mails that wait, oldest first, and those that were given up.",
                        new MessageVerbs.MessageList<>(shell, MessageVerbs.Kind.MAIL)))
                .addSubcommand(
                    verb(
                        "retry",
                        "Have the server send an e-mail now, or all that were given up.",
                        new MessageVerbs.MessageRetry<>(shell, MessageVerbs.Kind.MAIL)))
                .addSubcommand(
                    verb(
                        "drop",
                        "Remove e-mails without sending them, for example one that holds up"
                            + " others.",
                        new MessageVerbs.MessageDrop<>(shell, MessageVerbs.Kind.MAIL))));
    verbs.put(
        "push",
        () ->
            group("push", "The push notifications that tell accounts of changes.")
                .addSubcommand(new PushVerbs.PushSet(shell))
                .addSubcommand(new PushVerbs.PushShow(shell))
                .addSubcommand(new PushVerbs.PushRemove(shell))
                .addSubcommand(new PushVerbs.PushTest(shell))
                .addSubcommand(
                    verb(
                        "list",
                        "List the push notifications that wait, oldest first, and those that were"
                            + " given up.",
                        new MessageVerbs.MessageList<>(shell, MessageVerbs.Kind.PUSH)))
                .addSubcommand(
                    verb(
                        "retry",
                        "Have the server send a push notification now, or all that were given up.",
                        new MessageVerbs.MessageRetry<>(shell, MessageVerbs.Kind.PUSH)))
                .addSubcommand(
                    verb(
                        "drop",
                        "Remove push notifications without sending them.",
                        new MessageVerbs.MessageDrop<>(shell, MessageVerbs.Kind.PUSH))));
    verbs.put(
        "audit",
        () ->
            group("audit", "The audit log: who collected what, who changed what.")
                .addSubcommand(new AuditVerbs.AuditVerify(shell))
                .addSubcommand(new AuditVerbs.AuditShow(shell)));
    verbs.put(
        "admin",
        () ->
            group("admin", "Who may use the admin API.")
                .addSubcommand(
                    group("token", "The tokens of the admin API.")
                        .addSubcommand(new AdminVerbs.TokenAdd(shell))
                        .addSubcommand(
                            verb(
                                "list",
                                "List the tokens.",
                                new AdminVerbs.CredentialList(shell, Kind.TOKEN)))
                        .addSubcommand(new AdminVerbs.CredentialRemove(shell)))
                .addSubcommand(
                    group("client", "The client certificates of the admin API.")
                        .addSubcommand(new AdminVerbs.ClientAdd(shell))
                        .addSubcommand(
                            verb(
                                "list",
                                "List the client certificates.",
                                new AdminVerbs.CredentialList(shell, Kind.CERTIFICATE)))
                        .addSubcommand(new AdminVerbs.CredentialRemove(shell))));
    verbs.put(
        "config",
        () ->
            group("config", "The configuration.")
                .addSubcommand(new ConfigVerbs.ConfigCheck(shell))
                .addSubcommand(new ConfigVerbs.ConfigShow(shell)));
    verbs.put(
        "import",
        () ->
            reworded(new Import(shell), "--force", "Replace the file of --rejects if it exists."));
    verbs.put(
        "export",
        () ->
            reworded(
                new Export(shell),
                "--json",
                "No effect: the output is JSON, one record per line, in any case."));
    verbs.put("backup", () -> new Backup(shell));
    verbs.put("prune", () -> new Prune(shell));
    verbs.put("completion", () -> new Completion(shell));
    verbs.put("help", () -> new HelpVerb(shell));
    return verbs;
  }

  private static String[] version() {
    BuildInfo build = BuildInfo.CURRENT;
    return new String[] {
      "certcollect %s, commit %s".formatted(build.version(), build.commit()),
      "Java %s, %s".formatted(Runtime.version(), System.getProperty("java.vm.vendor"))
    };
  }

  private static CommandLine verb(String name, String description, StoreVerb verb) {
    CommandLine command = new CommandLine(verb);
    command.getCommandSpec().name(name).usageMessage().description(description);
    return command;
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

  private static CommandLine group(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    return new CommandLine(spec);
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
            + " cannot be reached; 70 an internal error; 75 try `collect` again later; 141 the"
            + " reader of a pipe ended.",
        "Try `${ROOT-COMMAND-NAME} demo`."
      })
  static final class Certcollect {
    @Mixin final GlobalOptions options = new GlobalOptions();
  }
}
