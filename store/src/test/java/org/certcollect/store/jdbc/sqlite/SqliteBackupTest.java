package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.order;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.certcollect.store.Store;
import org.certcollect.store.contract.Samples;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackupTest {
  @TempDir private Path folder;

  @Test
  void aCopyMadeWhileOthersWriteIsWholeAndHoldsAllThatWasThereBefore() throws Exception {
    Path file = folder.resolve("store.sqlite");
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(20);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
      Future<Integer> writer =
          threads.submit(
              () -> {
                int made = 0;
                while (!stop.get()) {
                  Samples.orderIn(store, OrderState.ISSUED, order("demo", Product.SSL));
                  made++;
                  begun.countDown();
                }
                return made;
              });
      begun.await();
      for (int i = 0; i < 5; i++) {
        Path copy = Files.createFile(folder.resolve("copy" + i));
        SqliteBackup.Counts counts = SqliteBackup.copy(file, copy);
        assertThat(counts.orders()).isGreaterThanOrEqualTo(20);
        assertThat(counts.accounts()).isEqualTo(1);
        try (Store copied = SqliteStore.open(copy, Clock.systemUTC())) {
          assertThat(copied.accounts().find("demo")).isPresent();
        }
      }
      stop.set(true);
      assertThat(writer.get()).isGreaterThanOrEqualTo(20);
    } finally {
      stop.set(true);
      threads.shutdown();
    }
  }

  @Test
  void theCopyIsOneFile() throws IOException {
    Path file = folder.resolve("store.sqlite");
    Path copy = Files.createFile(Files.createDirectory(folder.resolve("to")).resolve("copy"));
    SqliteStore.open(file, Clock.systemUTC()).close();
    SqliteBackup.copy(file, copy);
    try (Stream<Path> files = Files.list(copy.getParent())) {
      assertThat(files).containsExactly(copy);
    }
  }

  @Test
  void fileThatIsNotAStoreIsNotCopied() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "not a database".repeat(1000));
    Path copy = Files.createFile(folder.resolve("copy"));
    assertThatThrownBy(() -> SqliteBackup.copy(file, copy)).isInstanceOf(StoreException.class);
  }
}
