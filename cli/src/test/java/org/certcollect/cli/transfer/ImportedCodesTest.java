package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hashes of collection codes are worth something with the key alone that they were made with. */
class ImportedCodesTest {
  @TempDir private Path folder;
  private Cli from;
  private String exported;

  @BeforeEach
  void export() {
    from = new Cli(folder.resolve("from"));
    from.done("account add demo --ccc");
    from.done("order add --account demo --product ccc --number 5");
    exported = from.run("export").out();
  }

  @Test
  void storeWithoutAKeyTakesThatOfTheInputForItsOwn() throws IOException {
    Cli to = new Cli(folder.resolve("to"));

    Run first = to.run(exported, "import", "-");

    Path key = to.data().resolve("collection-codes.key");
    assertThat(first.exit()).isZero();
    assertThat(first.err()).contains("copy the other store's collection-codes.key to " + key);
    assertThat(to.run(exported, "import", "-").err()).as("nothing came in").isEmpty();
    assertThat(to.run("export").out()).isEqualTo(exported);
    Run run = to.run("order code 5");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("collection-codes.key is missing");
    Files.copy(from.data().resolve("collection-codes.key"), key);
    assertThat(to.run(exported, "import", "-").err()).isEmpty();
    assertThat(to.run("order code 5").exit()).isZero();
  }

  /** Regression test: nothing was said, and the first server did not start. */
  @Test
  void hashesOfAnInputThatNamesNoKeyNeedOneToo() {
    Cli to = new Cli(folder.resolve("to"));
    String input = exported.replaceFirst(",\"codesKey\":\"[^\"]*\"", "");
    assertThat(input).isNotEqualTo(exported);

    Run run = to.run(input, "import", "-");

    assertThat(run.exit()).isZero();
    assertThat(run.err())
        .contains("copy the other store's collection-codes.key to " + to.data().toString());
  }

  @Test
  void hashesOfAnotherKeyAreRejectedAndTheRestComesIn() {
    Cli to = new Cli(folder.resolve("to"));
    to.done("account add demo --ccc");
    to.done("order add --account demo --product ccc --number 6");
    String input = exported + Lines.order(7, "processing", "") + "\n";

    for (String[] verb :
        new String[][] {
          {"import", "-", "--dry-run", "--json"},
          {"import", "-", "--json"}
        }) {
      Run run = to.run(input.replaceFirst("\\{\"type\":\"account\".*\n", ""), verb);

      assertThat(run.fields()).containsEntry("imported", "1").containsEntry("rejected", "1");
      assertThat(run.err()).contains("codeHash was made with another key", "order code");
    }
    assertThat(to.run("order show 5").exit()).isEqualTo(1);
  }

  @Test
  void dryRunTakesNoKey() {
    Cli to = new Cli(folder.resolve("to"));
    to.done("account add other");
    String before = to.run("export").out();

    assertThat(to.run(exported, "import", "-", "--dry-run").exit()).isZero();

    assertThat(to.run("export").out()).isEqualTo(before);
  }

  @Test
  void whatIsNoMarkIsNoHeader() {
    String shortMark = Base64.getEncoder().encodeToString(new byte[31]);
    Run run =
        from.run(
            "{\"format\":\"certcollect\",\"version\":1,\"codesKey\":\"" + shortMark + "\"}\n",
            "import",
            "-");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("does not begin with the line");
  }

  /** Regression test: the refusal left a new store behind. */
  @Test
  void anInputWithoutAHeaderMakesNoStore() throws IOException {
    Cli to = new Cli(folder.resolve("to"));
    Path input = Files.writeString(folder.resolve("orders.jsonl"), "{}\n");

    Run run = to.run("import " + input);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("does not begin with the line").doesNotContain("a new one");
    assertThat(to.data()).doesNotExist();

    Run piped = to.run("{}\n", "import", "-");

    assertThat(piped.exit()).isEqualTo(1);
    assertThat(piped.err()).contains("does not begin with the line").doesNotContain("a new one");
    assertThat(to.data()).doesNotExist();
  }
}
