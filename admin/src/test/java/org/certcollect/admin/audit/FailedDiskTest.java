package org.certcollect.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.audit.AuditVerifier.AuditReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system whose disk cannot take what was written to it: fsync fails, write does not. */
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
    assumeTrue(made, "needs loop devices and the right to mount (root, CAP_SYS_ADMIN)");
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
          .isEqualTo(firstSeq(audit.segments("node").get(1)));
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

  private static long firstSeq(Path segment) {
    return Long.parseLong(segment.getFileName().toString().substring(0, 12));
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
