package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentedExampleTest {
  private static final Pattern EXAMPLE = Pattern.compile("```jsonl\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void the_example_of_the_documentation_is_imported() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../docs/import.md")));
    assertThat(example.find()).isTrue();
    Cli cli = new Cli(folder);

    Run run = cli.run(example.group(1), "import", "-");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Imported 6 records, skipped 0");
    assertThat(cli.run("order show 4711").out()).contains("issued", "order.import");
    assertThat(cli.run("order show 4713").out()).contains("the domain is not theirs");
  }
}
