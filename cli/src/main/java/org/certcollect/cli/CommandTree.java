package org.certcollect.cli;

import org.certcollect.cli.account.AccountAdd;
import org.certcollect.cli.account.AccountList;
import org.certcollect.cli.account.AccountPassword;
import org.certcollect.cli.account.AccountProducts;
import org.certcollect.cli.account.AccountShow;
import org.certcollect.cli.account.AccountSwitch;
import org.certcollect.cli.ca.CaAdd;
import org.certcollect.cli.ca.CaList;
import org.certcollect.cli.demo.Demo;
import org.certcollect.cli.order.OrderAddVerb;
import org.certcollect.cli.order.OrderCodeVerb;
import org.certcollect.cli.order.OrderEndVerb;
import org.certcollect.cli.order.OrderIssueVerb;
import org.certcollect.cli.order.OrderListVerb;
import org.certcollect.cli.order.OrderNewKeyVerb;
import org.certcollect.cli.order.OrderPayVerb;
import org.certcollect.cli.order.OrderShowVerb;
import org.certcollect.cli.serve.Serve;
import org.certcollect.cli.settings.ConfigCheck;
import org.certcollect.cli.settings.ConfigShow;
import org.certcollect.cli.transfer.Backup;
import org.certcollect.cli.transfer.Export;
import org.certcollect.cli.transfer.Import;
import org.certcollect.cli.verb.Converters;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.cli.verb.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;

/** The tree of all verbs. */
public final class CommandTree {
  private CommandTree() {}

  public static CommandLine of(Surroundings surroundings) {
    Certcollect root = new Certcollect();
    Shell shell = new Shell(surroundings, root.options);
    CommandLine tree =
        new CommandLine(root)
            .addSubcommand(new Demo(shell))
            .addSubcommand(new Serve(shell))
            .addSubcommand(
                group("account", "The accounts that collect.")
                    .addSubcommand(new AccountAdd(shell))
                    .addSubcommand(new AccountList(shell))
                    .addSubcommand(new AccountShow(shell))
                    .addSubcommand(
                        verb(
                            "disable",
                            "Refuse an account's logins, from the next request on.",
                            new AccountSwitch(shell, false)))
                    .addSubcommand(
                        verb(
                            "enable",
                            "Let an account log in again.",
                            new AccountSwitch(shell, true)))
                    .addSubcommand(
                        verb(
                            "allow",
                            "Enable an account for more products.",
                            new AccountProducts(shell, true)))
                    .addSubcommand(
                        verb(
                            "deny",
                            "Disable an account for products.",
                            new AccountProducts(shell, false)))
                    .addSubcommand(new AccountPassword(shell)))
            .addSubcommand(
                group("order", "The orders and their certificates.")
                    .addSubcommand(new OrderAddVerb(shell))
                    .addSubcommand(new OrderListVerb(shell))
                    .addSubcommand(new OrderShowVerb(shell))
                    .addSubcommand(new OrderPayVerb(shell))
                    .addSubcommand(
                        verb(
                            "reject",
                            "Reject an order that awaits payment or is being processed.",
                            new OrderEndVerb(shell, false)))
                    .addSubcommand(new OrderIssueVerb(shell))
                    .addSubcommand(
                        verb(
                            "revoke",
                            "Revoke the certificate of an issued order.",
                            new OrderEndVerb(shell, true)))
                    .addSubcommand(new OrderCodeVerb(shell))
                    .addSubcommand(new OrderNewKeyVerb(shell)))
            .addSubcommand(
                group("ca", "The CA certificates that chains are completed from.")
                    .addSubcommand(new CaAdd(shell))
                    .addSubcommand(new CaList(shell)))
            .addSubcommand(
                group("config", "The configuration.")
                    .addSubcommand(new ConfigCheck(shell))
                    .addSubcommand(new ConfigShow(shell)))
            .addSubcommand(new Import(shell))
            .addSubcommand(new Export(shell))
            .addSubcommand(new Backup(shell))
            .addSubcommand(new Completion(shell))
            .addSubcommand(new HelpVerb(shell));
    everywhere(tree.getCommandSpec());
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

  private static String[] version() {
    String version = CommandTree.class.getPackage().getImplementationVersion();
    return new String[] {
      "certcollect " + (version == null ? "(not packaged)" : version),
      "Java %s, %s".formatted(Runtime.version(), System.getProperty("java.vm.vendor"))
    };
  }

  private static CommandLine verb(String name, String description, StoreVerb verb) {
    CommandLine command = new CommandLine(verb);
    command.getCommandSpec().name(name).usageMessage().description(description);
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
}
