package org.certcollect.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.certcollect.admin.DataFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that a log is opened on: keys, links, and changes by others while it is open. */
class AuditFilesTest extends AuditFixture {
  private static final Class<BasicFileAttributes> ALL = BasicFileAttributes.class;

  /** Each call that appends begins a file. */
  private static final AuditConfig SMALL =
      new AuditConfig("alpha", 1, Duration.ofSeconds(1), Duration.ofMinutes(1));

  @Test
  void noRecordWaitsForTheDiskIfEachIsForcedToIt() {
    AuditConfig always = new AuditConfig("alpha", 1 << 20, Duration.ZERO, Duration.ofMinutes(1));
    try (AuditLog log = folder.openForServer(always, CLOCK)) {
      append(log, 1, 2);
      assertThat(log.lag()).isZero();
    }
  }

  @Test
  void nothingIsAppendedOnceTheLogIsClosed() {
    AuditLog log = open();
    append(log, 1, 1);
    log.close();
    assertThatThrownBy(() -> append(log, 2, 2)).isInstanceOf(AuditException.class);
    assertThat(verify().records()).isEqualTo(1);
  }

  @Test
  void aNewKeyIsMadeOnlyForANewLog() throws IOException {
    write(1);
    Path key = folder.keyFile();
    Path away = Files.move(key, data.resolve("away"));
    assertThatThrownBy(this::open)
        .isInstanceOf(AuditException.class)
        .hasMessageContainingAll("audit.key is missing", "Copy it from your backup");
    assertThat(key).doesNotExist();
    assertThat(verify().problems()).as("a copy without the key").isEmpty();
    // Not even the half that verifies lets a log without a key go on.
    Path half = Files.move(folder.publicKeyFile(), data.resolve("half"));
    assertThatThrownBy(this::open).hasMessageContaining("audit.key is missing");
    assertThat(verify().problems().get(0)).contains("public.pem is missing");
    Files.move(away, key);
    write(1);
    assertThat(verify().problems()).as("made again from the key").isEmpty();
    assertThat(folder.publicKeyFile()).hasSameTextualContentAs(half);
  }

  @Test
  void aKeyThatWasReplacedIsRefused(@TempDir Path other) throws IOException {
    write(1);
    AuditFolder.in(new DataFolder(other)).openForServer(CONFIG, CLOCK).close();
    Files.copy(other.resolve("audit.key"), folder.keyFile(), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(this::open).hasMessageContaining("one of them was replaced");
    assertThat(verify().problems().get(0)).contains("one of them was replaced");
    // With both halves replaced, the head tells.
    Files.delete(folder.publicKeyFile());
    write(1);
    assertThat(verify().problems().get(0))
        .contains("record 2 tells: the head of record 1 is not signed by the log's key");
  }

  /** Broke once: the server did not start. */
  @ParameterizedTest
  @ValueSource(strings = {"999999999999-2026-99-99.jsonl", "000000000001-2026-02-30.jsonl"})
  void aFileOfADayThatDoesNotExistIsNoPartOfTheChain(String name) throws IOException {
    write(1);
    Path file = segment();
    Files.writeString(file.resolveSibling(name), "{}\n");
    write(1);
    assertThat(verify().last()).isEqualTo(2);
    assertThat(verify().problems()).isEmpty();
    Files.move(file, file.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING);
    write(1);
    assertThat(verify().problems()).as("a file that was renamed is missing").isNotEmpty();
  }

  /** Root runs verbs in the folder of another user, who could lead it to any file by a link. */
  @ParameterizedTest
  @ValueSource(strings = {"audit", "audit/alpha", "audit/alpha/lock", "segment"})
  void aLinkInPlaceOfAFileOrFolderIsNotFollowed(String name) throws IOException {
    write(1);
    Path place = name.equals("segment") ? segment() : data.resolve(name);
    Path target = data.resolve("target");
    Files.move(place, target);
    Files.createSymbolicLink(place, target);
    byte[] before = Files.isDirectory(target) ? new byte[0] : Files.readAllBytes(target);
    assertThatThrownBy(this::open)
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("the audit log cannot be opened");
    if (!Files.isDirectory(target)) {
      assertThat(target).hasBinaryContent(before);
    }
    if (name.equals("audit/alpha") || name.equals("segment")) {
      assertThat(verify().problems()).anyMatch(text -> text.contains("is a symbolic link"));
    }
  }

  /** An editor saves a new file in place of the old one; records went into a nameless file then. */
  @ParameterizedTest
  @ValueSource(strings = {"removed", "replaced", "cut", "extended"})
  void aFileThatIsChangedWhileItIsWrittenIsToldAndNothingElseIsLost(String how) throws IOException {
    try (AuditLog log = open()) {
      append(log, 1, 3);
      Path file = segment();
      String content = Files.readString(file);
      switch (how) {
        case "removed" -> Files.delete(file);
        case "replaced" -> {
          Files.delete(file);
          Files.writeString(file, content);
        }
        case "cut" -> Files.writeString(file, content.lines().findFirst().orElseThrow() + "\n");
        default -> Files.writeString(file, "{}\n", StandardOpenOption.APPEND);
      }
      log.sync();
      assertThat(log.takeFindings())
          .hasSize(1)
          .allMatch(found -> found.contains("was removed or changed while it was written"));
      append(log, 4, 4);
    }
    assertThat(verify().last()).isEqualTo(5);
    assertThat(verify().problems())
        .anyMatch(
            text -> text.contains("record 4 tells: 000000000001-2026-11-28.jsonl was removed"));
  }

  /** Broke once: every transaction of a command that changed nothing signed the same head anew. */
  @Test
  void aHeadThatIsSignedAlreadyIsNotSignedAgain() throws IOException {
    write(2);
    Object signed = Files.readAttributes(folder.headFile("alpha"), ALL).fileKey();
    open().close();
    assertThat(Files.readAttributes(folder.headFile("alpha"), ALL).fileKey()).isEqualTo(signed);
  }

  /** Broke once: it counted as damage, and began another file. */
  @Test
  void aFileThatCannotBeLookedAtForAWhileIsNoDamage() throws IOException {
    try (AuditLog log = open()) {
      append(log, 1, 1);
      Path away = Files.move(folder.path(), data.resolve("away"));
      Path loop = Files.createSymbolicLink(folder.path(), folder.path());
      log.sync();
      assertThat(log.takeFindings()).isEmpty();
      Files.delete(loop);
      Files.move(away, folder.path());
      append(log, 2, 2);
    }
    assertThat(verify().problems()).isEmpty();
    assertThat(folder.segments("alpha")).hasSize(1);
  }

  /** Broke once: damage that could not be recorded was forgotten. */
  @ParameterizedTest
  @ValueSource(strings = {"append", "sync", "close"})
  void damageThatCannotBeRecordedAtFirstIsRecordedBeforeAnythingElse(String next)
      throws IOException {
    try (AuditLog log = open()) {
      append(log, 1, 1);
      Path chain = folder.path().resolve("alpha");
      Path away = Files.move(chain, folder.path().resolve("away"));
      assertThatThrownBy(log::sync).isInstanceOf(AuditException.class);
      assertThat(log.lag()).as("broke once: record 1 was not forced to the disk").isZero();
      assertThatThrownBy(() -> append(log, 2, 2)).isInstanceOf(AuditException.class);
      Files.move(away, chain);
      switch (next) {
        case "append" -> append(log, 3, 3);
        case "sync" -> log.sync();
        default -> {
          // The end of this block closes it.
        }
      }
    }
    assertThat(verify().problems())
        .singleElement()
        .asString()
        .contains("record 2 tells", "removed");
    assertThat(verify().last()).isEqualTo(next.equals("append") ? 3 : 2);
  }

  /** Broke once: from the fourth on, records were not named; after 100, not even counted. */
  @Test
  void aHundredChangedRecordsAreNamedAndTheOthersCounted() throws IOException {
    write(120);
    Files.writeString(segment(), Files.readString(segment()).replace("collect", "Collect"));
    assertThat(verify().problems())
        .hasSize(101)
        .anyMatch(text -> text.endsWith("line 100: record 100 was changed"))
        .last()
        .isEqualTo("20 more lines are not shown");
  }

  /** Broke once: the server did not start. */
  @Test
  void anOldFileThatIsALinkIsToldIfThereIsNoHead() throws IOException {
    try (AuditLog log = folder.openForServer(SMALL, CLOCK)) {
      append(log, 1, 3);
    }
    Path old = folder.segments("alpha").get(0);
    Files.createSymbolicLink(old, Files.move(old, data.resolve("target")));
    Files.delete(folder.headFile("alpha"));
    try (AuditLog log = open()) {
      assertThat(log.takeFindings())
          .hasSize(2)
          .anyMatch(found -> found.contains(old + ": the audit log cannot be opened: this is a"));
    }
  }

  /**
   * Broke once: only the last file was forced to the disk, and the head was signed for them all.
   */
  @Test
  void recordsThatAKillLeftInSeveralFilesAreForcedToTheDisk() throws IOException {
    byte[] headOfTwo;
    try (AuditLog log = folder.openForServer(SMALL, CLOCK)) {
      append(log, 1, 2);
      assertThat(log.signHead()).isPresent();
      headOfTwo = Files.readAllBytes(folder.headFile("alpha"));
      append(log, 3, 5);
    }
    Files.write(folder.headFile("alpha"), headOfTwo);
    Path events = data.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withoutThreshold();
      recording.start();
      open().close();
      recording.stop();
      recording.dump(events);
    }
    assertThat(RecordingFile.readAllEvents(events))
        .extracting(event -> Path.of(event.getString("path")))
        .containsAll(folder.segments("alpha").subList(2, 5))
        .doesNotContainAnyElementsOf(folder.segments("alpha").subList(0, 2));
  }
}
