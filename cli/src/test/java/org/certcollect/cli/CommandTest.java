package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.certcollect.cli.Cli.Run;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void useAFolder() {
    cli = new Cli(folder.resolve("data"));
  }

  @Test
  void everyVerbHasHelpThatSaysWhatItDoes() {
    CommandLine tree = tree();
    for (List<String> verb : verbs(tree, List.of())) {
      List<String> arguments = new ArrayList<>(verb);
      arguments.add("--help");
      Run run = cli.run("", arguments.toArray(String[]::new));
      assertThat(run.exit()).as(verb.toString()).isZero();
      assertThat(run.err()).as(verb.toString()).isEmpty();
      assertThat(run.out()).as(verb.toString()).contains("Usage: certcollect");
    }
  }

  @Test
  void everyVerbTakesTheOptionsThatAllShare() {
    for (List<String> verb : verbs(tree(), List.of())) {
      CommandLine command = tree();
      for (String name : verb) {
        command = command.getSubcommands().get(name);
      }
      if (!verb.equals(List.of("help"))) {
        assertThat(command.getCommandSpec().optionsMap())
            .as(verb.toString())
            .containsKeys("--data", "--config", "--debug", "--help", "--version");
      }
    }
  }

  @Test
  void dataFolderComesFromTheFlagBeforeTheEnvironment() {
    Path other = folder.resolve("other");
    cli.done("account add acme --data " + other);
    assertThat(other.resolve("certcollect.sqlite")).exists();
    assertThat(cli.data()).doesNotExist();
    assertThat(cli.run("--data " + other + " account show acme").exit()).isZero();
  }

  @Test
  void whatIsWrittenIsForItsOwnerAlone() throws IOException {
    cli.done("account add acme --ccc");
    cli.done("order add --account acme --product ccc");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cli.data())))
        .isEqualTo("rwx------");
    for (String file : List.of("certcollect.sqlite", "collection-codes.key")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(cli.data().resolve(file))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void onlyAVerbThatBringsInSomethingNewMakesAStore() {
    for (String verb :
        List.of(
            "account list",
            "account show x",
            "account disable x --yes",
            "account password x",
            "order list",
            "order show 1",
            "order add --account x --product ccc",
            "order pay 5",
            "order code 5",
            "ca list",
            "export",
            "backup " + folder.resolve("copy"))) {
      Run run = cli.run(verb);
      assertThat(run.exit()).as(verb).isEqualTo(3);
      assertThat(run.err()).as(verb).contains("no store at " + cli.data(), "account add");
    }
    assertThat(cli.data()).doesNotExist();
  }

  /** A misspelt --data made a store in silence. */
  @Test
  void newStoreIsToldWithItsFolder() {
    String note = ", so a new one was made. If another folder was meant, name it with --data.\n";
    assertThat(cli.run("account add acme --ssl").err())
        .isEqualTo("There was no store in " + cli.data() + note);
    assertThat(cli.run("account add other --ssl").err()).isEmpty();

    Path misspelt = folder.resolve("dtaa");
    String empty = "{\"format\":\"certcollect\",\"version\":2}";
    String[] rehearsal = {"import", "-", "--dry-run", "--data", misspelt.toString()};
    assertThat(cli.run(empty, rehearsal).err())
        .contains("There is no store in " + misspelt + ": this dry run uses an empty one.");
    assertThat(misspelt).doesNotExist();
    assertThat(cli.run(empty, "import", "-", "--data", misspelt.toString()).err())
        .contains("There was no store in " + misspelt + note);
  }

  /** A mistyped store.url made a store in silence. */
  @Test
  void newStoreInPostgresIsToldWithItsDatabase() {
    for (List<String> verb : List.of(List.of("account", "add", "acme"), List.of("import", "-"))) {
      PostgresConfig config = Postgres.empty();
      Cli postgres = new Cli(folder.resolve("data")).on(config);
      String empty = "{\"format\":\"certcollect\",\"version\":2}";
      assertThat(postgres.run(empty, verb.toArray(String[]::new)).err())
          .startsWith(
              "There was no store in %s, so a new one was made. If another database was meant, correct"
                      .formatted(config.name())
                  + " store.url.\n");
      assertThat(postgres.run("account add other --ssl").err()).isEmpty();
    }
  }

  @Test
  void exportHasTheJsonOptionOfAllVerbsWithoutEffect() {
    cli.done("account add acme");
    assertThat(cli.run("export --json").out()).isEqualTo(cli.run("export").out());
    assertThat(cli.run("export --help").out()).contains("--json", "No effect: the output is JSON");
  }

  @Test
  void storeThatCannotBeOpenedIs3() throws IOException {
    Files.createDirectories(cli.data());
    Files.writeString(cli.data().resolve("certcollect.sqlite"), "no database at all, but long");
    Run run = cli.run("account list");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("certcollect.sqlite").doesNotContain("\tat ");
  }

  @Test
  void dataFolderThatCannotBeMadeIs3() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(cli.run("account add acme --data " + file.resolve("data")).exit()).isEqualTo(3);
    Run add = cli.run("account add acme --data " + file);
    assertThat(add.exit()).isEqualTo(3);
    assertThat(add.err()).contains(file + " is not a folder", "--data");
  }

  @Test
  void dataFolderThatCannotBeLookedIntoIsNotOneWithoutAStore() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    for (Path data : List.of(file, loop)) {
      Run run = cli.run("account list --data " + data);
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.err()).contains(data + " is not a folder that this user may enter");
    }
  }

  @Test
  void wrongUsageIsToldInTheWordsOfTheTask() {
    assertThat(cli.run("order show abc").err())
        .contains("N: 'abc' is not a number in the digits 0 to 9");
    assertThat(cli.run("order add --account a --product ssl --number x").err())
        .contains("'x' is not a number in the digits 0 to 9");
  }

  @Test
  void wrongUsageIs2AndPointsToTheHelp() {
    for (String wrong : List.of("", "nothing", "account", "order ad", "--nothing")) {
      Run run = cli.run("", wrong.isEmpty() ? new String[0] : wrong.split(" "));
      assertThat(run.exit()).as(wrong).isEqualTo(2);
      assertThat(run.out()).as(wrong).isEmpty();
      assertThat(run.err()).as(wrong).contains("--help");
    }
  }

  @Test
  void brokenConfigurationStopsEveryVerb() {
    cli.with("CERTCOLLECT_HTTPS_PORT", "many");
    Run run = cli.run("account add acme");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("CERTCOLLECT_HTTPS_PORT", "https.port = many");
    assertThat(cli.data()).doesNotExist();
  }

  @Test
  void stackTraceIsShownWithDebugAlone() {
    assertThat(cli.run("account list").err()).doesNotContain("\tat ");
    assertThat(cli.run("account list --debug").err()).contains("\tat org.certcollect");
    cli.with("CERTCOLLECT_DEBUG", "1");
    assertThat(cli.run("account list").err()).contains("\tat org.certcollect");
  }

  @Test
  void completionKnowsTheVerbs() {
    assertThat(cli.run("completion").out()).contains("_complete_certcollect", "expiring-within");
  }

  @Test
  void versionIsPrinted() {
    assertThat(cli.run("--version").out()).startsWith("certcollect ").contains("Java ");
  }

  /** For one verb only a part of the tree is made, and it is the same part. */
  @Test
  void aVerbIsTheSameInATreeOfItsOwn() {
    CommandLine whole = tree();
    whole
        .getSubcommands()
        .forEach(
            (name, verb) -> {
              assertThat(verb.getCommandSpec().name()).isEqualTo(name);
              CommandLine own =
                  CommandTree.forCommand(
                      Cli.surroundings(new PrintWriter(Writer.nullWriter())), name);
              assertThat(own.getSubcommands().keySet())
                  .isEqualTo(
                      name.equals("help") || name.equals("completion")
                          ? whole.getSubcommands().keySet()
                          : Set.of(name));
              assertThat(usages(own.getSubcommands().get(name))).isEqualTo(usages(verb));
            });
  }

  private static String usages(CommandLine verb) {
    return verb.getSubcommands().values().stream()
        .map(CommandTest::usages)
        .collect(Collectors.joining("\n", verb.getUsageMessage(), ""));
  }

  private static CommandLine tree() {
    return CommandTree.of(Cli.surroundings(new PrintWriter(Writer.nullWriter())));
  }

  private static List<List<String>> verbs(CommandLine command, List<String> path) {
    List<List<String>> verbs = new ArrayList<>();
    command
        .getSubcommands()
        .forEach(
            (name, subcommand) -> {
              List<String> verb = new ArrayList<>(path);
              verb.add(name);
              verbs.add(verb);
              verbs.addAll(verbs(subcommand, verb));
            });
    return verbs;
  }
}
