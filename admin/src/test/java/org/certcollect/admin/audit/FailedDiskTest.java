package org.certcollect.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.audit.AuditVerifier.AuditReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that cannot take what is written to them. */
class FailedDiskTest {
  private static final List<AuditEntry> ENTRY = List.of(new AuditEntry("collect"));

  @TempDir private Path folder;
  private Path disk;
  private Path mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = Files.createDirectory(folder.resolve("mounted"));
    String image = disk.resolve("image").toString();
    boolean made =
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString())
            && run("truncate", "-s", "32M", image)
            && run("mkfs.ext4", "-q", "-O", "^has_journal", "-E", "nodiscard", image)
            && run("mount", "-o", "loop,errors=continue", image, mounted.toString());
    assumeTrue(made, "needs mkfs.ext4 (e2fsprogs), loop devices, and the right to mount (root)");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", mounted.toString());
    run("umount", disk.toString());
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /** The image's disk is full: fsync fails on what is mounted from it, write does not. */
  @Test
  void aFailedFsyncIsNotForgivenUntilAnotherFileIsOnTheDisk() throws IOException {
    AuditFolder audit = AuditFolder.in(new DataFolder(mounted.resolve("data")));
    try (AuditLog log = audit.openForServer(AuditConfig.of("node"), Clock.systemUTC())) {
      assertThat(log.lag()).isZero();
      log.append(ENTRY);
      assertThat(log.lag()).isPositive();
      log.sync();
      assertThat(log.lag()).isZero();
      fill(disk.resolve("filler"));
      assertThatThrownBy(() -> appendAndSync(log)).isInstanceOf(AuditException.class);
      assertThatThrownBy(() -> log.append(ENTRY)).hasMessageContaining("the disk");
      assertThat(log.lag()).isPositive();

      Files.delete(disk.resolve("filler"));
      assertThat(log.signHead().orElseThrow().seq())
          .as("not a record that may be lost")
          .isEqualTo(AuditFolder.first(audit.segments("node").get(1)));
      log.append(ENTRY);
      assertThat(log.lag()).isPositive();
    }
    List<Path> files = audit.segments("node");
    assertThat(files).hasSize(2);
    assertThat(Files.readAllLines(files.get(1)))
        .hasSize(2)
        .first()
        .asString()
        .contains("\"event\":\"audit.unsynced\"", "\"first\":");
    AuditReport report = AuditVerifier.verify(audit, "node", List.of(), false);
    assertThat(report.problems()).isEmpty();
    assertThat(report.repairs()).singleElement().asString().contains("the disk failed");
  }

  /** Broke once: the line was cut off before there was space for the record that tells of it. */
  @Test
  void aTornLineStaysUntilItCanBeRecorded() throws IOException {
    AuditFolder audit = AuditFolder.in(new DataFolder(disk.resolve("data")));
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    try (AuditLog log = audit.openForServer(AuditConfig.of("node"), clock)) {
      do {
        log.append(ENTRY);
      } while (Files.size(audit.segments("node").get(0)) < 3800);
    }
    Path file = audit.segments("node").get(0);
    // The rest of the file's only page has room for it, and not for the record.
    Files.writeString(file, "{\"node\"", StandardOpenOption.APPEND);
    assertThat(Files.size(file)).isBetween(3800L, 4096L);
    byte[] left = Files.readAllBytes(file);
    fill(disk.resolve("filler"));
    for (int start = 0; start < 2; start++) {
      assertThatThrownBy(() -> audit.openForServer(AuditConfig.of("node"), clock))
          .isInstanceOf(AuditException.class)
          .hasMessageContaining("No space left on device");
      assertThat(file).hasBinaryContent(left);
    }

    Files.delete(disk.resolve("filler"));
    audit.openForServer(AuditConfig.of("node"), clock).close();
    AuditReport report = AuditVerifier.verify(audit, "node", List.of(), false);
    assertThat(report.problems()).isEmpty();
    assertThat(report.repairs()).singleElement().asString().contains("a line was cut off");
  }

  /** The disk may have room for the first blocks. */
  private static void appendAndSync(AuditLog log) {
    for (int i = 0; i < 100; i++) {
      log.append(
          Collections.nCopies(20, new AuditEntry("collect").with("s", "\u20ac".repeat(512))));
      log.sync();
    }
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space");
    }
  }
}
