package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.certcollect.store.NonBlockingCollects;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regression tests of a store's file that is moved while the store is open. A server once created a
 * new, empty store in its place and answered from that.
 */
class StoreFileTest {
  private static final Logger LOG = Logger.getLogger(StoreFile.class.getName());

  @TempDir private Path folder;
  private Path file;
  private Path aside;
  private Store store;
  private NonBlockingCollects nonBlocking;
  private final Queue<LogRecord> logged = new ConcurrentLinkedQueue<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void openStore() {
    LOG.addHandler(handler);
    file = folder.resolve("store.sqlite");
    aside = folder.resolve("aside.sqlite");
    store = SqliteStore.open(file, Clock.systemUTC());
    store.accounts().add("demo", HASH, BOTH, ALICE);
    nonBlocking = store.nonBlockingCollects().orElseThrow();
    nonBlocking.refresh();
    assertThat(nonBlocking.byLogin("demo", 1)).isPresent();
  }

  @AfterEach
  void closeStore() {
    nonBlocking.close();
    store.close();
    LOG.removeHandler(handler);
  }

  @Test
  void aStoreThatWasMovedAwayIsUnavailableAndNoNewFileIsMade() throws IOException {
    Files.move(file, aside);

    assertUnavailable("was moved away or deleted while it was in use");
    assertThat(file).doesNotExist();
    assertThat(levels()).containsExactly(Level.SEVERE);
  }

  @Test
  void aStoreThatWasPutBackServesAgain() throws IOException {
    Files.move(file, aside);
    assertUnavailable("was moved away");
    Files.move(aside, file);

    awaitTrue(() -> store.check().ok());
    store.accounts().setEnabled("demo", false, ALICE);
    nonBlocking.refresh();
    assertThat(nonBlocking.byLogin("demo", 1).orElseThrow().account().enabled()).isFalse();
    assertThat(levels()).containsExactly(Level.SEVERE, Level.INFO);
  }

  @Test
  void anOlderCopyInPlaceOfTheStoreIsNotServed() throws IOException {
    SqliteBackup.copy(file, Files.createFile(aside));
    store.accounts().setEnabled("demo", false, ALICE);
    byte[] copy = Files.readAllBytes(aside);
    Files.move(file, folder.resolve("before.sqlite"));
    Files.move(aside, file);

    assertUnavailable("was replaced while it was in use");
    assertThat(file).hasBinaryContent(copy);
    assertThat(levels()).containsExactly(Level.SEVERE);
  }

  @Test
  void aLinkToAFileThatIsGoneIsNotFollowed() throws IOException {
    Files.move(file, aside);
    Files.createSymbolicLink(file, folder.resolve("gone.sqlite"));

    assertUnavailable("is a link to a file that is not there");
    assertThat(folder.resolve("gone.sqlite")).doesNotExist();
  }

  @Test
  void aLinkToAFileThatIsGoneMakesNoStore() throws IOException {
    Path link = Files.createSymbolicLink(aside, folder.resolve("gone.sqlite"));

    assertThatThrownBy(() -> SqliteStore.open(link, Clock.systemUTC()))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(link + " is a link to a file that is not there");
    assertThat(folder.resolve("gone.sqlite")).doesNotExist();
  }

  /** After the second, every access to the store fails with the same message. */
  private void assertUnavailable(String message) throws IOException {
    List<Path> before = filesInFolder();
    assertThatThrownBy(() -> store.accounts().setEnabled("demo", true, ALICE))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(message);
    awaitTrue(() -> !store.check().ok());
    assertThat(store.check().problem()).get().asString().contains(message);
    assertThatThrownBy(() -> store.accounts().find("demo"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> nonBlocking.refresh())
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(message);
    assertThat(filesInFolder()).isEqualTo(before);
  }

  private List<Level> levels() {
    return logged.stream().map(LogRecord::getLevel).toList();
  }

  private List<Path> filesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void awaitTrue(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
