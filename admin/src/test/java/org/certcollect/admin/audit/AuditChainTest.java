package org.certcollect.admin.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.certcollect.admin.audit.AuditVerifier.AuditReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditChainTest extends AuditFixture {
  private List<String> lines() throws IOException {
    return new ArrayList<>(Files.readAllLines(segment()));
  }

  private void rewrite(List<String> lines) throws IOException {
    Files.writeString(segment(), lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }

  @Test
  void anUntouchedChainIsIntact() throws IOException {
    write(5);
    AuditReport report = verify();
    assertThat(report.problems()).isEmpty();
    assertThat(report.records()).isEqualTo(5);
    assertThat(report.last()).isEqualTo(5);
    assertThat(lines().get(0))
        .startsWith("{\"node\":\"alpha\",\"seq\":1,\"time\":\"2026-11-28T12:00:00Z\",")
        .contains("\"login\":\"lo\\\"gin \\u00e9\"", "\"prev\":\"" + AuditLine.NO_HASH + "\"");
    assertThat(Files.getPosixFilePermissions(segment())).hasSize(2);
    assertThat(Files.getPosixFilePermissions(data.resolve("audit.key"))).hasSize(2);
  }

  @Test
  void recordWithTwoFieldsOfOneNameIsNone() throws IOException {
    try (AuditLog log = open()) {
      log.append(List.of(new AuditEntry("collect").with("reason", "a").with("reason", "b")));
    }
    assertThat(verify().problems()).isNotEmpty();
  }

  @Test
  void aRecordHasTheseBytes() throws IOException {
    try (AuditLog log = open()) {
      log.append(
          List.of(
              new AuditEntry("collect")
                  .with("request", "0a1b2c3d-1")
                  .with(
                      "login",
                      Optional.of("quote \" back \\ tab \t del \u007f \u0141 \ud83d\ude00"))
                  .with("account", OptionalLong.of(17))
                  .with("order", OptionalLong.empty())
                  .with("format", Optional.empty())
                  .with("status", -4)
                  .with("secure", true)
                  .with("long", "x".repeat(513))
                  .with("wide", "\u00e9".repeat(512))));
    }
    String line = lines().get(0);
    assertThat(line)
        .startsWith(
            "{\"node\":\"alpha\",\"seq\":1,\"time\":\"2026-11-28T12:00:00Z\",\"event\":\"collect\",\"request\":\"0a1b2c3d-1\",\"login\":\"quote"
                + " \\\" back \\\\ tab \\u0009 del \\u007f \\u0141"
                + " \\ud83d\\ude00\",\"account\":17,\"status\":-4,\"secure\":\"true\",\"long\":\""
                + "x".repeat(512)
                + "...\",\"wide\":\""
                + "\\u00e9".repeat(512)
                + "\",\"prev\":\""
                + AuditLine.NO_HASH
                + "\",\"hash\":\"");
    // The hash of these bytes, which covers them all.
    assertThat(line)
        .endsWith(
            ",\"hash\":\"40cdaff3ff740ed968629eb14a7dbfd5901abf0fdbf1e1b5de5f4fcdd58e9a5c\"}");
  }

  @Test
  void aRestartGoesOnWithTheChain() {
    write(3);
    write(2);
    assertThat(verify().problems()).isEmpty();
    assertThat(verify().last()).isEqualTo(5);
    assertThat(folder.segments("alpha")).hasSize(1);
  }

  @Test
  void theChainRunsOnFromFileToFileBySizeAndByDay() {
    Clock[] days = {CLOCK, Clock.offset(CLOCK, Duration.ofDays(1))};
    AuditConfig small = new AuditConfig("alpha", 1_000, Duration.ZERO, Duration.ofMinutes(1));
    for (Clock day : days) {
      try (AuditLog log = folder.openForServer(small, day)) {
        append(log, 1, 10);
      }
    }
    assertThat(folder.segments("alpha")).hasSizeBetween(6, 12);
    assertThat(segment().getFileName().toString()).endsWith("2026-11-29.jsonl");
    assertThat(verify().problems()).isEmpty();
    assertThat(verify().last()).isEqualTo(20);
  }

  @Test
  void aLineThatWasCutOffByACrashIsRepairedAndThatIsRecorded() throws IOException {
    write(3);
    Files.writeString(segment(), "{\"node\":\"alpha\",\"se", StandardOpenOption.APPEND);
    try (AuditLog log = open()) {
      assertThat(log.takeFindings()).hasSize(1);
      append(log, 4, 4);
    }
    assertThat(verify().problems()).isEmpty();
    assertThat(verify().repairs())
        .containsExactly(
            segment().getFileName()
                + " line 4: record 4 tells: a line was cut off as it was written");
    assertThat(lines().get(3)).contains("audit.repaired", "\"bytes\":19", "{\\\"node");
    assertThat(verify().last()).isEqualTo(5);
  }

  /** Broke once: the new day's file began first, and the torn line stayed in the old one. */
  @Test
  void aLineThatWasCutOffIsRepairedOnTheNextDayAsWell() throws IOException {
    write(3);
    Files.writeString(segment(), "{\"node\":\"alpha\",\"se", StandardOpenOption.APPEND);
    Clock nextDay = Clock.offset(CLOCK, Duration.ofDays(1));
    try (AuditLog log = folder.openForServer(CONFIG, nextDay)) {
      append(log, 4, 4);
    }
    assertThat(folder.segments("alpha")).hasSize(2);
    assertThat(verify().problems()).isEmpty();
    assertThat(verify().last()).isEqualTo(5);
  }

  @Test
  void aLineThatWasCutOffAtTheBeginningOfAFileIsRepaired() throws IOException {
    write(3);
    Path next = segment().resolveSibling("000000000004-2026-11-29.jsonl");
    Files.writeString(next, "{\"no");
    write(1);
    assertThat(verify().problems()).isEmpty();
    assertThat(verify().last()).isEqualTo(5);
  }

  @Test
  void aTruncationIsSeenAtTheNextStartAndRecorded() throws IOException {
    write(5);
    rewrite(lines().subList(0, 3));
    write(4);
    assertThat(lines().get(3)).contains("audit.damaged", "alpha/5/");
    assertThat(verify().problems())
        .as("and does not heal by new records")
        .hasSize(1)
        .allMatch(problem -> problem.contains("line 4: record 4 tells: the log does not end"));
  }

  @Test
  void theEndIsFoundWithoutReadingWhatComesBefore() throws IOException {
    write(200);
    SegmentEnd end = SegmentEnd.of(segment());
    assertThat(end.last().orElseThrow().seq()).isEqualTo(200);
    assertThat(end.isDamaged()).isFalse();
    assertThat(end.length()).isEqualTo(Files.size(segment()));
    // Longer than what is read at first.
    String junk = "x".repeat(50_000);
    Files.writeString(segment(), junk + "\n" + junk, StandardOpenOption.APPEND);
    SegmentEnd damaged = SegmentEnd.of(segment());
    assertThat(damaged.last().orElseThrow().seq()).isEqualTo(200);
    assertThat(damaged.isDamaged()).isTrue();
    assertThat(damaged.torn()).hasSize(50_000);
    assertThat(damaged.length()).isEqualTo(end.length() + 50_001);
    Files.writeString(segment(), "");
    assertThat(SegmentEnd.of(segment()).last()).isEmpty();
  }

  @Test
  void writersInOneProcessAndInSeveralHaveOneIntactChain() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (AuditLog log = open();
        AuditLog second = open()) {
      assertThat(second.chain()).as("another server of that name").isEqualTo("alpha~2");
      for (int i = 0; i < 2; i++) {
        threads.execute(() -> append(log, 1, 500));
        threads.execute(
            () -> {
              for (int j = 0; j < 20; j++) {
                try (AuditLog command = folder.openForCommand(CONFIG, CLOCK)) {
                  append(command, 1, 1);
                }
              }
            });
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(verify().last()).isEqualTo(1_000);
    assertThat(verify().problems()).isEmpty();
    AuditReport commands = AuditVerifier.verify(folder, "alpha~cli", List.of(), false);
    assertThat(commands.last()).isEqualTo(40);
    assertThat(commands.problems()).isEmpty();
  }

  @Test
  void anEntryThatCannotBeWrittenLeavesNothingAndTheNextOneGoesOn() throws IOException {
    AuditConfig small = new AuditConfig("alpha", 1, Duration.ofSeconds(1), Duration.ofMinutes(1));
    try (AuditLog log = folder.openForServer(small, CLOCK)) {
      append(log, 1, 1);
      Path chain = folder.path().resolve("alpha");
      Path away = folder.path().resolve("away");
      Files.move(chain, away);
      assertThatThrownBy(() -> append(log, 2, 2))
          .isInstanceOf(AuditException.class)
          .hasMessage(
              chain + ": the audit log cannot be written: the file or its folder does not exist");
      Files.move(away, chain);
      append(log, 3, 3);
    }
    assertThat(verify().problems()).isEmpty();
    assertThat(verify().last()).isEqualTo(2);
  }

  /** Each way in which somebody may change what was written. */
  @Nested
  class Attacks {
    @BeforeEach
    void writeFive() {
      write(5);
    }

    private void assertFound(String... parts) {
      assertThat(verify().problems()).isNotEmpty();
      assertThat(verify().problems().get(0)).contains(parts);
    }

    @Test
    void aChangedRecordIsFound() throws IOException {
      List<String> lines = lines();
      lines.set(2, lines.get(2).replace("\"order\":3", "\"order\":4"));
      rewrite(lines);
      assertFound("line 3", "record 3 was changed");
      assertThat(verify().problems()).hasSize(1);
    }

    @Test
    void aRecordThatWasChangedAndHashedAnewIsFound() throws IOException {
      List<String> lines = lines();
      AuditLine old = AuditLine.parse(lines.get(2).getBytes(US_ASCII)).orElseThrow();
      lines.set(2, forged(3, old.prev()));
      rewrite(lines);
      assertFound("line 4", "record 4 does not follow the record before it");
    }

    /** A head that was kept apart shows that somebody computed all hashes anew. */
    @Test
    void aChainThatWasForgedToItsEndIsFound() throws IOException {
      List<String> lines = lines();
      String prev = AuditLine.parse(lines.get(1).getBytes(US_ASCII)).orElseThrow().hash();
      for (int i = 2; i < 5; i++) {
        lines.set(i, forged(i + 1, prev));
        prev = AuditLine.parse(lines.get(i).getBytes(US_ASCII)).orElseThrow().hash();
      }
      rewrite(lines);
      assertFound("record 5 is not the one that a signed head names");
      AuditHead kept = head();
      Files.delete(folder.headFile("alpha"));
      assertFound("the signed head of the chain, the file head, is missing");
      assertThat(verify(kept).problems().get(1)).contains("record 5 is not the one");
    }

    @Test
    void aMissingHeadIsFoundAndStaysTold() throws IOException {
      Files.delete(folder.headFile("alpha"));
      assertFound("the signed head of the chain, the file head, is missing");
      write(1);
      assertFound("record 6 tells: the signed head of the chain, the file head, is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbled", "alpha/5/00/xx", "a folder"})
    void aHeadThatIsNoneIsFound(String content) throws IOException {
      Files.delete(folder.headFile("alpha"));
      if (content.equals("a folder")) {
        Files.createDirectory(folder.headFile("alpha"));
        assertFound("the audit log cannot be read");
      } else {
        Files.writeString(folder.headFile("alpha"), content);
        assertFound("the file head is no signed head");
      }
    }

    /** Two servers on one folder, whose chains have changed places. */
    @Test
    void chainsThatChangedPlacesAreFound() throws IOException {
      try (AuditLog other = folder.openForServer(AuditConfig.of("beta"), CLOCK)) {
        append(other, 1, 5);
      }
      Path alpha = folder.path().resolve("alpha");
      Path beta = folder.path().resolve("beta");
      Path between = folder.path().resolve("between");
      Files.move(alpha, between);
      Files.move(beta, alpha);
      Files.move(between, beta);
      assertFound("the file head is that of the chain beta");
      assertThat(verify().problems().get(1)).contains("record 1 is one of the chain beta");
      assertThat(verify().problems())
          .as("three of a kind, and the number of the others")
          .filteredOn(text -> text.contains("is one of the chain beta"))
          .hasSize(4)
          .last()
          .asString()
          .matches("2 more like this: .* line 1: record 1 is one of the chain beta");
    }

    /** A rollback: nothing in the folder tells of it, and a head that was kept does. */
    @Test
    void anOlderCopyInTheLogsPlaceIsFoundByAHeadThatWasKept(@TempDir Path copy) throws IOException {
      Path chain = folder.path().resolve("alpha");
      for (Path file : List.of(segment(), folder.headFile("alpha"))) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
      write(3);
      AuditHead kept = head();
      try (DirectoryStream<Path> files = Files.newDirectoryStream(copy)) {
        for (Path file : files) {
          Files.copy(file, chain.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      assertThat(verify().problems()).isEmpty();
      assertThat(verify(kept).problems().get(0))
          .contains("the log ends with record 5, and a signed head names 8");
      try (AuditLog log = open()) {
        append(log, 7, 9);
      }
      assertThat(verify(kept).problems())
          .as("after the log went on from there")
          .anyMatch(text -> text.contains("two signed heads tell different hashes of record 8"));
    }

    @Test
    void whatFollowsAnArchivedPartIsCheckedByTheArchivesHead() throws IOException {
      AuditHead archived = head();
      write(2);
      rewrite(lines().subList(5, 7));
      assertThat(AuditVerifier.verify(folder, "alpha", List.of(archived), true).problems())
          .isEmpty();
      rewrite(List.of(forged(6, "0".repeat(64)), lines().get(1)));
      assertThat(AuditVerifier.verify(folder, "alpha", List.of(archived), true).problems())
          .anyMatch(text -> text.contains("record 6 does not follow the record before it"));
    }

    private String forged(long seq, String prev) {
      AuditEncoder encoder = new AuditEncoder("alpha");
      String unused = encoder.add(seq, CLOCK.instant(), new AuditEntry("forged"), prev);
      return new String(encoder.bytes(), 0, encoder.length() - 1, US_ASCII);
    }

    @Test
    void aMissingRecordIsFound() throws IOException {
      List<String> lines = lines();
      lines.remove(2);
      rewrite(lines);
      assertFound("line 3", "record 3 is missing");
    }

    @Test
    void missingRecordsAtTheBeginningAreFound() throws IOException {
      rewrite(lines().subList(2, 5));
      assertFound("line 1", "records 1 to 2 are missing");
      assertThat(AuditVerifier.verify(folder, "alpha", List.of(), true).problems())
          .as("archived")
          .isEmpty();
    }

    @Test
    void anAddedRecordIsFound() throws IOException {
      List<String> lines = lines();
      lines.add(3, forged(3, AuditLine.NO_HASH));
      rewrite(lines);
      assertFound("line 4", "record 3 stands after record 3; it was moved or added");
    }

    @Test
    void anAddedLineThatIsNoRecordIsFound() throws IOException {
      List<String> lines = lines();
      lines.add(3, "{}");
      rewrite(lines);
      assertFound("line 4", "this is no record");
      assertThat(verify().problems()).hasSize(1);
    }

    @Test
    void recordsThatChangedPlacesAreFound() throws IOException {
      List<String> lines = lines();
      Collections.swap(lines, 1, 3);
      rewrite(lines);
      assertFound("line 2", "records 2 to 3 are missing");
      assertThat(verify().problems()).anyMatch(text -> text.contains("record 2 stands after"));
    }

    @Test
    void aMissingEndIsFoundByTheSignedHead() throws IOException {
      rewrite(lines().subList(0, 3));
      assertFound("the log ends with record 3, and a signed head names 5");
    }

    @Test
    void aMissingFileIsFound() throws IOException {
      AuditHead kept = head();
      Files.delete(segment());
      assertFound("the log ends with record 0");
      assertThat(verify(kept).problems()).hasSize(1);
    }

    @Test
    void aRecordOfAnotherChainIsFound() throws IOException {
      try (AuditLog other = folder.openForCommand(CONFIG, CLOCK)) {
        append(other, 1, 5);
      }
      List<String> lines = lines();
      lines.set(2, Files.readAllLines(folder.segments("alpha~cli").get(0)).get(2));
      rewrite(lines);
      assertFound("record 3 is one of the chain alpha~cli");
    }

    @Test
    void aForgedHeadIsFound() throws IOException {
      AuditHead kept = head();
      AuditHead forged = new AuditHead("alpha", 3, "0".repeat(64), kept.signature());
      Files.writeString(folder.headFile("alpha"), forged.toString());
      assertFound("the head of record 3 is not signed by the log's key");
    }

    @Test
    void aLogOfAnotherKeyIsFoundByAHeadThatWasKept() throws IOException {
      AuditHead kept = head();
      Files.move(folder.path(), data.resolve("away"));
      Files.delete(folder.keyFile());
      write(5);
      assertThat(verify().problems()).isEmpty();
      assertThat(verify(kept).problems())
          .anyMatch(text -> text.contains("is not signed by the log's key"));
    }
  }

  @Test
  void aHeadIsReadAsItIsWritten() {
    write(2);
    assertThat(AuditHead.parse(head().toString())).contains(head());
    assertThat(AuditHead.find("{\"message\":\"Audit head\",\"head\":\"" + head() + "\"}"))
        .contains(head());
    assertThat(head().isSignedBy(folder.publicKey())).isTrue();
    for (String text : List.of("", "a/b/c/d", "alpha/1/x", "alpha/99999999999999999999/x/y")) {
      assertThat(AuditHead.parse(text)).isEmpty();
    }
  }

  /** Anything may stand in a file that somebody has changed. */
  @Test
  void aLineThatIsNoRecordIsNone() {
    write(1);
    String good = new String(readFirst(), US_ASCII);
    for (int i = 0; i < good.length(); i++) {
      byte[] bad = good.getBytes(US_ASCII);
      bad[i] ^= 1;
      Optional<AuditLine> parsed = AuditLine.parse(bad);
      assertThat(parsed.isEmpty() || !parsed.get().isIntact()).as("byte " + i).isTrue();
      assertThat(AuditLine.parse(good.substring(0, i).getBytes(US_ASCII))).isEmpty();
    }
  }

  private byte[] readFirst() {
    try (AuditTail tail = AuditTail.of(folder.segments("alpha"))) {
      return tail.next().orElseThrow().bytes();
    }
  }
}
