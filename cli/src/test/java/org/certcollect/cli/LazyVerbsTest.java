package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The verbs that are built for a command: as few as its answer needs. */
class LazyVerbsTest {
  private static CommandLine tree(String... arguments) {
    return CommandTree.forCommand(
        Cli.surroundings(new PrintWriter(Writer.nullWriter())), arguments);
  }

  private static Map<String, CommandLine> group(String name, String... arguments) {
    return tree(arguments).getSubcommands().get(name).getSubcommands();
  }

  @Test
  void commandBuildsOnlyItsVerbOfItsGroup() {
    assertThat(tree("order", "show", "5").getSubcommands()).containsOnlyKeys("order");
    assertThat(group("order", "order", "show", "5")).containsOnlyKeys("show");
    assertThat(group("admin", "admin", "token", "list").get("token").getSubcommands())
        .containsOnlyKeys("list");
  }

  /** They look at the other verbs: a list of them, a suggestion, a help of another verb. */
  @Test
  void commandWithoutAKnownVerbBuildsTheWholeGroup() {
    int all = group("order").size();
    assertThat(all).isGreaterThan(10);
    assertThat(group("order", "order")).hasSize(all);
    assertThat(group("order", "order", "--help")).hasSize(all);
    assertThat(group("order", "order", "shw")).hasSize(all);
    assertThat(group("order", "--data", "order", "list")).hasSize(all);
    assertThat(group("order", "--data", "list", "order", "show", "5")).hasSize(all);
    assertThat(group("order", "help", "order", "show")).hasSize(all);
    assertThat(group("order", "completion", "order", "show")).hasSize(all);
  }

  @Test
  void namesAreThoseThatTheVerbsHaveThemselves() {
    checkNames(tree());
  }

  private static void checkNames(CommandLine command) {
    command
        .getSubcommands()
        .forEach(
            (name, verb) -> {
              assertThat(verb.getCommandName()).isEqualTo(name);
              checkNames(verb);
            });
  }
}
