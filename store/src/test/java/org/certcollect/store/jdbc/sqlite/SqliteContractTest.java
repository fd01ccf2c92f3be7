package org.certcollect.store.jdbc.sqlite;

import java.nio.file.Path;
import java.time.Clock;
import org.certcollect.store.Store;
import org.certcollect.store.contract.NonBlockingCollectsContract;
import org.certcollect.store.contract.StoreContractSuite;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract tests of the store in SQLite, including its non-blocking reads. */
class SqliteContractTest extends StoreContractSuite {
  @TempDir private Path folder;

  @Override
  protected Store openStore(Clock clock) {
    return SqliteStore.open(folder.resolve("store.sqlite"), clock);
  }

  @Nested
  class NonBlocking extends NonBlockingCollectsContract {
    @Override
    protected Store openStore(Clock clock) {
      return SqliteContractTest.this.openStore(clock);
    }
  }
}
