package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.order;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests on a disk that is really full: a small tmpfs. */
class FullDiskTest {
  private static final int MAX_CHANGES = 10_000;

  @TempDir private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString());
    assumeTrue(mounted, "needs the right to mount a tmpfs (root, CAP_SYS_ADMIN)");
  }

  @AfterEach
  void unmount() throws Exception {
    assertThat(!mounted || run("umount", disk.toString())).isTrue();
  }

  @Test
  void aChangeIsRefusedNothingIsLostAndAllGoesOnWhenThereIsSpace() throws Exception {
    Path file = disk.resolve("store.sqlite");
    Path filler = disk.resolve("filler");
    Set<Long> acknowledged = new HashSet<>();
    try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
      acknowledged.add(store.orders().add(order("demo", Product.SSL), ALICE).number());
      fill(filler);

      for (int round = 0; round < 3; round++) {
        assertThatThrownBy(() -> addUntilRefused(store, acknowledged))
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageContaining(file.toString())
            .hasMessageContaining("full");
      }
      assertAllThere(store, acknowledged);
      assertThat(store.check().ok()).isTrue();

      Files.delete(filler);
      acknowledged.add(store.orders().add(order("demo", Product.SSL), ALICE).number());
    }
    try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
      assertAllThere(store, acknowledged);
    }
  }

  @Test
  void aStoreIsOpenedAndReadOnAFullDisk() throws Exception {
    Path file = disk.resolve("store.sqlite");
    Set<Long> acknowledged = new HashSet<>();
    try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
      fill(disk.resolve("filler"));
      try (Store second = SqliteStore.open(file, Clock.systemUTC())) {
        assertAllThere(second, acknowledged);
        assertThat(second.accounts().find("demo")).isPresent();
      }
    }
  }

  @Test
  void aBackupThatFindsNoRoomSaysSo(@TempDir Path elsewhere) throws Exception {
    Path file = elsewhere.resolve("store.sqlite");
    try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
    }
    Path copy = Files.createFile(disk.resolve("copy.sqlite"));
    fill(disk.resolve("filler"));
    // Room for a part of the copy.
    try (FileChannel filler = FileChannel.open(disk.resolve("filler"), StandardOpenOption.WRITE)) {
      filler.truncate(filler.size() - Files.size(file) / 2);
    }

    assertThatThrownBy(() -> SqliteBackup.copy(file, copy))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(copy + ": its disk is full");
  }

  private static void addUntilRefused(Store store, Set<Long> acknowledged) {
    for (int i = 0; i < MAX_CHANGES; i++) {
      acknowledged.add(store.orders().add(order("demo", Product.SSL), ALICE).number());
    }
  }

  private static void assertAllThere(Store store, Set<Long> numbers) {
    for (long number : numbers) {
      assertThat(store.orders().find(number)).isPresent();
      assertThat(store.events().ofOrder(number)).hasSize(1);
    }
  }

  private static void fill(Path filler) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
