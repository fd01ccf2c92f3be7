package org.certcollect.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.admin.audit.AuditEntry;
import org.certcollect.admin.audit.AuditFolder;
import org.certcollect.admin.audit.AuditLog;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerbsTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir private Path data;
  private Cli cli;

  @BeforeEach
  void writeALog() {
    cli = new Cli(data, Clock.fixed(NOON, ZoneOffset.UTC));
    record(NOON.minusSeconds(7_200), entry("alpha", 7).with("status", 2));
    record(NOON, entry("alpha", 8).with("status", -16).with("reason", "WRONG_PASSWORD"));
    record(NOON, entry("beta\u202e", 7).with("status", 2));
  }

  private static AuditEntry entry(String login, long order) {
    return new AuditEntry("collect").with("login", login).with("order", order);
  }

  private void record(Instant time, AuditEntry entry) {
    try (AuditLog log =
        AuditFolder.in(new DataFolder(data))
            .openForServer(AuditConfig.of("node"), Clock.fixed(time, ZoneOffset.UTC))) {
      log.append(List.of(entry));
    }
  }

  private Path chain() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("audit/node"))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }

  @Test
  void recordsAreShownAndChosen() {
    assertThat(cli.run("audit show").lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("node seq=1 2026-11-28T10:00:00Z collect login=alpha order=7 status=2");
    assertThat(cli.run("audit show --order 7").lines()).hasSize(2);
    assertThat(cli.run("audit show --login alpha").lines()).hasSize(2);
    assertThat(cli.run("audit show --refused").lines())
        .hasSize(1)
        .allMatch(line -> line.contains("reason=WRONG_PASSWORD"));
    assertThat(cli.run("audit show --since 1h").lines()).hasSize(2);
    assertThat(cli.run("audit show --since 2y").lines()).hasSize(3);
    Run none = cli.run("audit show --since 2026-11-29");
    assertThat(none.lines()).isEmpty();
    assertThat(none.err()).isEqualTo("No record matches.\n");
    assertThat(cli.run("audit show --since yesterday").exit()).isEqualTo(2);
    assertThat(cli.run("audit show").out()).as("escaped").doesNotContain("\u202e");
  }

  @Test
  void jsonIsTheRecordsAsTheyStand() throws IOException {
    assertThat(cli.run("audit show --json").out()).isEqualTo(Files.readString(chain()));
  }

  @Test
  void anIntactLogIsToldAndAnyOtherIsExitCode1() throws IOException {
    Run intact = cli.run("audit verify");
    assertThat(intact.exit()).isZero();
    assertThat(intact.out()).isEqualTo("node: intact, records 1 to 3\n");
    String head = Files.readString(data.resolve("audit/node/head")).strip();
    assertThat(cli.run("audit verify " + head).exit()).isZero();

    Files.writeString(chain(), Files.readString(chain()).replace("\"order\":8", "\"order\":9"));
    Run changed = cli.run("audit verify");
    assertThat(changed.exit()).isEqualTo(1);
    assertThat(changed.out()).contains("NOT INTACT", "line 2: record 2 was changed");
    assertThat(cli.run("audit verify --json").out()).contains("\"intact\":false");
    assertThat(cli.run("audit verify " + head.replace("node", "other")).out())
        .contains("other: NOT INTACT", "the chain is missing");
    assertThat(cli.run("audit verify nonsense").exit()).isEqualTo(2);
  }

  /** An older copy of the whole folder is intact; only the ordinary log tells of what it lacks. */
  @Test
  void theHeadsOfALogAreChecked(@TempDir Path elsewhere) throws IOException {
    String head = Files.readString(data.resolve("audit/node/head")).strip();
    String line = "2026-11-28 12:00:00 INFO Audit head head=";
    Path log = Files.writeString(elsewhere.resolve("server.log"), line + head + "\nmore\n");
    assertThat(cli.run("audit verify --log " + log).exit()).isZero();

    String older = Files.readString(chain());
    record(NOON, entry("alpha", 9));
    String later = Files.readString(data.resolve("audit/node/head")).strip();
    Files.writeString(chain(), older);
    Files.writeString(data.resolve("audit/node/head"), head);
    assertThat(cli.run("audit verify").exit()).isZero();
    Run rolledBack = cli.run(line + later + "\n", "audit", "verify", "--log", "-");
    assertThat(rolledBack.exit()).isEqualTo(1);
    assertThat(rolledBack.out()).contains("the log ends with record 3, and a signed head names 4");

    Files.writeString(log, "Audit head head=node/4/garbled\n");
    assertThat(cli.run("audit verify --log " + log).out())
        .contains("server.log: NOT INTACT", "line 1 names no signed head");
  }

  /** Exit code 0 looked like a comparison that found nothing; then no chain was verified at all. */
  @Test
  void aLogWithoutAHeadToCompareWithIsRefused(@TempDir Path elsewhere) throws IOException {
    Path log = Files.writeString(elsewhere.resolve("server.log"), "INFO Listening\n");
    Run compared = cli.run("audit verify --log " + log);
    assertThat(compared.exit()).isEqualTo(1);
    assertThat(compared.err()).contains("server.log has no line \"Audit head\"");
    assertThat(compared.out()).isEqualTo("node: intact, records 1 to 3\n");

    Files.writeString(chain(), Files.readString(chain()).replace("\"order\":8", "\"order\":9"));
    assertThat(cli.run("audit verify --log " + log).out())
        .contains("NOT INTACT", "record 2 was changed");
  }

  @Test
  void afterAnotherFileBeganTheRecordsGoOn() throws IOException {
    record(NOON.plusSeconds(90_000), entry("alpha", 9));
    assertThat(cli.run("audit show --login alpha").lines()).hasSize(3);
    assertThat(cli.run("audit verify").out()).isEqualTo("node: intact, records 1 to 4\n");
  }

  /** Whoever changes something, and by whatever verb: it is one place that records it. */
  @Test
  void changesOfVerbsAreRecordedWithWhoMadeThem() {
    cli.done("account add carol --ssl");
    cli.with("SUDO_USER", "alice")
        .done("order add --account carol --product ssl --number 5 --paid");
    cli.run("order revoke 5");
    assertThat(cli.run("audit show --json").lines())
        .filteredOn(line -> line.contains("~cli"))
        .hasSize(2)
        .anyMatch(line -> line.contains("\"event\":\"account.add\",\"actor\":\"cli:tester\""))
        .anyMatch(
            line ->
                line.contains("\"actor\":\"cli:alice as tester\"")
                    && line.contains("\"order\":5,"));
    assertThat(cli.run("audit verify").exit()).isZero();
  }

  @Test
  void aChangeThatCannotBeRecordedIsNotMade() throws IOException {
    cli.done("account add carol --ssl");
    Path files = Files.move(data.resolve("audit"), data.resolve("away"));
    Files.writeString(data.resolve("audit"), "in the way");
    Run run = cli.run("account disable carol --yes");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("the audit log cannot be opened");
    assertThat(cli.run("account list --json").out()).contains("\"enabled\":true");
    Files.delete(data.resolve("audit"));
    Files.move(files, data.resolve("audit"));
    cli.done("account disable carol --yes");
  }

  @Test
  void certificatesThatLeaveByAVerbAreRecordedOrDoNotLeave(@TempDir Path elsewhere)
      throws IOException {
    cli.done("account add carol --ssl");
    cli.done("order add --account carol --product ssl --number 5 --paid");
    cli.done("order note 5 --note Private");
    Path issued = Files.write(elsewhere.resolve("c.pem"), Fixtures.bytes("chain-3.pem"));
    cli.done("order issue 5 --certificate " + issued);
    Path backup = elsewhere.resolve("backup.sqlite");
    Path export = elsewhere.resolve("export.jsonl");
    cli.done("order certificate 5");
    cli.done("export");
    cli.done("export -o " + export);
    cli.done("backup " + backup);
    assertThat(cli.done("import " + export).exit()).isZero();
    String records = cli.run("audit show").out();
    assertThat(records)
        .contains("certificate.read actor=cli:tester login=carol order=5 detail=\"certificate 1")
        .contains("store.export actor=cli:tester detail=\"to standard output\"")
        .contains("to " + export + ": ", " records", "store.export.done")
        .contains("store.backup actor=cli:tester detail=\"to " + backup + "\"")
        .contains("store.backup.done", "to " + backup + ": 1 orders, 1 accounts")
        .contains("store.load actor=cli:tester detail=\"from " + export + "\"")
        .contains("store.load.done", "imported 0, skipped")
        .contains("order.note actor=cli:tester login=carol", "detail=\"changed: note\"")
        .doesNotContain("Private");
    assertThat(cli.run("audit show --login carol").out()).contains("account.add", "order.add");

    Path away = Files.move(data.resolve("audit"), data.resolve("away"));
    Files.writeString(data.resolve("audit"), "in the way");
    for (String verb :
        List.of(
            "order certificate 5",
            "export",
            "export --force -o " + export,
            "backup --force " + backup)) {
      Files.deleteIfExists(export);
      Files.deleteIfExists(backup);
      Run run = cli.run(verb);
      assertThat(run.exit()).as(verb).isEqualTo(1);
      assertThat(run.out()).as(verb).isEmpty();
      assertThat(run.err()).contains("the audit log cannot be opened");
      assertThat(export).doesNotExist();
      assertThat(backup).doesNotExist();
    }
    Files.delete(data.resolve("audit"));
    Files.move(away, data.resolve("audit"));
    assertThat(cli.run("audit verify").exit()).isZero();
  }

  /** A file of the audit log is no file to write to, even with --force. */
  @Test
  void noVerbReplacesAFileOfTheAuditLog() throws IOException {
    cli.done("account add carol --ssl");
    for (Path file : List.of(chain(), data.resolve("audit/node/head"), data.resolve("audit.key"))) {
      assertThat(cli.run("export --force -o " + file).err()).contains("own files");
    }
    assertThat(cli.run("audit verify").exit()).isZero();
  }

  @Test
  void followGoesOnFromFileToFileUntilTheOutputIsClosed() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    AtomicBoolean closed = new AtomicBoolean();
    Writer out =
        new StringWriter() {
          @Override
          public void flush() {
            lines.addAll(toString().lines().toList());
            getBuffer().setLength(0);
          }
        };
    Writer failing =
        new FilterWriter(out) {
          @Override
          public void flush() throws IOException {
            if (closed.get()) {
              throw new IOException("closed");
            }
            super.flush();
          }
        };
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Run> run = thread.submit(() -> cli.run(failing, "audit show --follow --login alpha"));
      awaitLine(lines, "order=8");
      record(NOON, entry("alpha", 9));
      awaitLine(lines, "order=9");
      record(NOON.plusSeconds(90_000), entry("alpha", 10));
      awaitLine(lines, "order=10");
      closed.set(true);
      assertThat(run.get(1, TimeUnit.MINUTES).exit()).isZero();
    } finally {
      thread.shutdownNow();
    }
  }

  private static void awaitLine(BlockingQueue<String> lines, String part)
      throws InterruptedException {
    String line = lines.poll(1, TimeUnit.MINUTES);
    while (line != null && !line.contains(part)) {
      line = lines.poll(1, TimeUnit.MINUTES);
    }
    assertThat(line).contains(part);
  }

  /** A login of a stranger looked like a collect of another order. */
  @Test
  void textCannotLookLikeOtherFields() {
    record(NOON, new AuditEntry("collect").with("login", "x\" order=7 \\\" y").with("order", 1L));
    assertThat(cli.run("audit show").out())
        .contains("login=\"x\\\" order=7 \\\\\\\" y\" order=1\n");
  }

  /** An auditor without rights was sent to the backup. */
  @Test
  void folderThatCannotBeEnteredIsNotTakenForAnEmptyOne(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (String verb : List.of("audit verify", "audit show")) {
      Run run = new Cli(file).run(verb);
      assertThat(run.exit()).isNotZero();
      assertThat(run.err())
          .contains("is not a folder that this user may enter")
          .doesNotContain("backup");
    }
  }

  /** Exit code 0 told nobody that the whole log had been removed. */
  @Test
  void verificationWithoutALogIsRefused(@TempDir Path empty) {
    Run run = new Cli(empty).run("audit verify");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("there is no audit log in", "--data");
  }
}
