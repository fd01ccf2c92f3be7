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

/** A session that never waits, and what it remembers through failures. */
class DedicatedSessionTest {
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
  void whereItWouldHaveToWaitForALockItThrowsAtOnce() throws SQLException {
    try (NonBlockingCollects prompt = open()) {
      try (Connection other = DriverManager.getConnection(SqliteEngine.url(file));
          Statement statement = other.createStatement()) {
        statement.execute("PRAGMA locking_mode = EXCLUSIVE");
        statement.execute("UPDATE account SET enabled = 0, version = version + 1");
        long start = System.nanoTime();

        assertThatThrownBy(prompt::refresh).isInstanceOf(StoreUnavailableException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      }
      prompt.refresh();
      assertThat(prompt.byLogin("demo", 1).orElseThrow().account().enabled()).isFalse();
    }
  }

  /** The numbers of two connections may be equal by chance, and were: both begin at the same. */
  @Test
  void whatASessionThatFailedRememberedIsForgottenWithIt() throws SQLException {
    try (NonBlockingCollects prompt = open();
        Connection other = DriverManager.getConnection(SqliteEngine.url(file));
        Statement statement = other.createStatement()) {
      prompt.refresh();
      assertThat(prompt.byLogin("demo", 1).orElseThrow().account().enabled()).isTrue();
      statement.execute("UPDATE account SET enabled = 0");
      statement.execute("ALTER TABLE account RENAME TO away");
      assertThatThrownBy(() -> prompt.byLogin("demo", 2)).isInstanceOf(StoreException.class);
      statement.execute("ALTER TABLE away RENAME TO account");

      prompt.refresh();

      assertThat(prompt.byLogin("demo", 1).orElseThrow().account().enabled()).isFalse();
    }
  }

  private NonBlockingCollects open() {
    return new CachingCollects(new SqliteEngine(file).nonBlocking(), () -> false);
  }
}
