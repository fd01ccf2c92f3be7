package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.certcollect.store.NonBlockingCollects;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.table.CachingCollects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a session that never waits, and of its caches after failures. */
class NonBlockingSessionTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void fill() {
    file = folder.resolve("store.sqlite");
    try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
    }
  }

  @Test
  void itThrowsAtOnceInsteadOfWaitingForALock() throws SQLException {
    try (NonBlockingCollects nonBlocking = open()) {
      try (Connection other = DriverManager.getConnection(SqliteEngine.url(file));
          Statement statement = other.createStatement()) {
        statement.execute("PRAGMA locking_mode = EXCLUSIVE");
        statement.execute("UPDATE account SET enabled = 0, version = version + 1");
        long start = System.nanoTime();

        assertThatThrownBy(nonBlocking::refresh).isInstanceOf(StoreUnavailableException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      }
      nonBlocking.refresh();
      assertThat(nonBlocking.byLogin("demo", 1).orElseThrow().account().enabled()).isFalse();
    }
  }

  /**
   * Regression test: the change counters of two connections were equal by chance, because both
   * begin at the same number.
   */
  @Test
  void cachesOfAFailedSessionAreDropped() throws SQLException {
    try (NonBlockingCollects nonBlocking = open();
        Connection other = DriverManager.getConnection(SqliteEngine.url(file));
        Statement statement = other.createStatement()) {
      nonBlocking.refresh();
      assertThat(nonBlocking.byLogin("demo", 1).orElseThrow().account().enabled()).isTrue();
      statement.execute("UPDATE account SET enabled = 0");
      statement.execute("ALTER TABLE account RENAME TO away");
      assertThatThrownBy(() -> nonBlocking.byLogin("demo", 2)).isInstanceOf(StoreException.class);
      statement.execute("ALTER TABLE away RENAME TO account");

      nonBlocking.refresh();

      assertThat(nonBlocking.byLogin("demo", 1).orElseThrow().account().enabled()).isFalse();
    }
  }

  private NonBlockingCollects open() {
    return new CachingCollects(new SqliteEngine(file).nonBlocking(), () -> false);
  }
}
