package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentedExampleTest {
  private static final Pattern EXAMPLE = Pattern.compile("```jsonl\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void firstExampleOfTheDocumentationIsImported() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../docs/import.md")));
    assertThat(example.find()).isTrue();
    Path input = Files.writeString(folder.resolve("orders.jsonl"), example.group(1));
    List<byte[]> chain = Fixtures.chain("chain-3");
    Files.write(folder.resolve("www.crt"), chain.get(0));
    Files.write(folder.resolve("issuing.crt"), chain.get(1));
    Files.write(folder.resolve("root.crt"), chain.get(2));
    Cli cli = new Cli(folder.resolve("data"));

    Run run = cli.run("", "import", input.toString());

    assertThat(run.err()).startsWith("There was no store in ").hasLineCount(1);
    assertThat(run.out()).startsWith("Imported 6 records, skipped 0");
    assertThat(cli.run("order show 4711").out()).contains("issued", "order.import");
    assertThat(cli.run("order show 4713").out()).contains("the domain is not theirs");
  }
}
