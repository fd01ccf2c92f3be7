package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.certcollect.admin.DataFolder;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.store.Store;
import org.certcollect.store.contract.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  private static final Pattern NUMBER = Pattern.compile("\"number\":([0-9]+)");

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void fill() {
    TestClock clock = new TestClock();
    cli = new Cli(folder.resolve("data"));
    try (Store store = new DataFolder(cli.data()).openOrCreate(clock)) {
      Filled.fill(store, clock);
    }
  }

  @Test
  void eachFilterNarrowsTheOrders() {
    assertThat(numbers("")).hasSize(17).isSorted();
    assertThat(numbers(" --account off")).containsExactly(Long.MAX_VALUE);
    assertThat(numbers(" --state rejected --product ccc")).hasSize(2).contains(7L);
    assertThat(numbers(" --after 7 --limit 2")).containsExactly(42L, 43L);
    assertThat(numbers(" --limit 0")).isEmpty();
  }

  @Test
  void ofOneAccountNothingOfOthersGoesOutAndItCanBeImported() {
    String exported = cli.run("export --account off").out();
    assertThat(exported.lines().filter(line -> line.contains("\"type\":\"account\""))).hasSize(1);
    assertThat(exported).doesNotContain("\"demo\"");
    assertThat(new Cli(folder.resolve("other")).run(exported, "import", "-").exit()).isZero();
  }

  @Test
  void accountThatIsNotThereIsRefusedAndNoFileIsMade() {
    Path file = folder.resolve("out.jsonl");
    Run run = cli.run("", "export", "--account", "nobody", "-o", file.toString());
    assertThat(run.err()).contains("there is no account 'nobody'");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(file).doesNotExist();
    assertThat(cli.run("export --account nobody").out()).isEmpty();
  }

  @Test
  void itIsAsciiAlone() {
    assertThat(cli.run("export").out()).isASCII().contains("Zo\\u00EB");
  }

  @Test
  void fileIsItsOwnersAloneAndReplacesAnotherOnlyByForce() throws IOException {
    Path file = Files.writeString(folder.resolve("out.jsonl"), "old");
    Run refused = cli.run("export -o " + file);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            "certcollect: "
                + file
                + " exists already: name another file, or replace it with --force\n");
    assertThat(file).hasContent("old");
    assertThat(cli.run("export --force -o " + file).exit()).isZero();
    assertThat(Files.readString(file)).isEqualTo(cli.run("export").out());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void linkStaysOne() throws IOException {
    Path file = Files.writeString(folder.resolve("target.jsonl"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), file);

    assertThat(cli.run("export -o " + link).err()).contains(link + " exists already");
    assertThat(file).hasContent("old");
    cli.done("export --force -o " + link);

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).contains("\"type\":\"order\"");
  }

  /** It made a file of that name. */
  @Test
  void dashIsStandardOutput() {
    assertThat(cli.run("export -o -").out()).isEqualTo(cli.run("export").out());
    assertThat(Path.of("-")).doesNotExist();
    Run backup = cli.run("backup -");
    assertThat(backup.exit()).isEqualTo(2);
    assertThat(backup.err()).contains("a backup is not text: name a file");
  }

  @Test
  void deviceIsWrittenToAsItIs() {
    cli.done("export -o /dev/null");
    assertThat(cli.run("backup --force /dev/null").err())
        .contains("/dev/null is not a regular file: name another one");
  }

  @Test
  void storeIsNotReplacedByWhatItHolds() throws IOException {
    Path store = cli.data().resolve("certcollect.sqlite");
    for (Path target :
        List.of(
            store,
            cli.data().resolve("certcollect.sqlite-wal"),
            cli.data().resolve("certcollect.sqlite-shm"),
            cli.data().resolve("collection-codes.key"),
            cli.data().resolve("certcollect.properties"),
            cli.data().resolve("self-signed.pem"),
            Files.createSymbolicLink(folder.resolve("link"), store))) {
      Run run = cli.run("", "export", "-o", target.toString());
      assertThat(run.err()).contains(target + " is one of certcollect's own files");
      assertThat(run.exit()).isEqualTo(1);
    }
    assertThat(numbers("")).hasSize(17);
  }

  /** Broke once: the key of all codes was written over where the configuration had it elsewhere. */
  @Test
  void whatTheConfigurationNamesAndItselfAreNotWrittenOver() throws IOException {
    Path key = Files.write(folder.resolve("my.key"), new byte[32]);
    Path settings = Files.writeString(folder.resolve("my.conf"), "codes.key-file=my.key\n");
    for (Path target : List.of(key, settings)) {
      for (String verb : List.of("export -o ", "backup --force ", "import - --rejects ")) {
        Run run = cli.run("--config " + settings + " " + verb + target);
        assertThat(run.err()).as(verb).contains(target + " is one of certcollect's own files");
        assertThat(run.exit()).as(verb).isEqualTo(1);
      }
    }
    assertThat(key).hasBinaryContent(new byte[32]);
    assertThat(settings).hasContent("codes.key-file=my.key");
  }

  @Test
  void whenNobodyReadsAnyMoreItEnds() throws IOException {
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    ManyOrders.write(more, 500);
    Cli full = new Cli(folder.resolve("full"));
    assertThat(full.run(more.toString(StandardCharsets.US_ASCII), "import", "-").exit()).isZero();
    AtomicInteger attempts = new AtomicInteger();
    Writer closed =
        new FilterWriter(Writer.nullWriter()) {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            attempts.incrementAndGet();
            throw new IOException("Broken pipe");
          }
        };

    Run run = full.run(closed, "export");

    assertThat(run.err()).contains("the output was closed, or its disk is full");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(attempts).hasValue(1);
  }

  private List<Long> numbers(String options) {
    return cli.run("export" + options).lines().stream()
        .filter(line -> line.startsWith("{\"type\":\"order\""))
        .map(NUMBER::matcher)
        .filter(Matcher::find)
        .map(matcher -> Long.valueOf(matcher.group(1)))
        .toList();
  }
}
