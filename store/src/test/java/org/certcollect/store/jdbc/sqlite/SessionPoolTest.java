package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Deadline;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionPoolTest {
  @TempDir private Path folder;
  private SessionPool sessions;

  @BeforeEach
  void open() {
    Path file = folder.resolve("store.sqlite");
    SqliteStore.prepare(file);
    sessions = new SessionPool(new SqliteEngine(file), SqliteEngine.Access.WRITE, 1);
  }

  @AfterEach
  void close() {
    sessions.close();
  }

  @Test
  void aSessionIsLentAgain() throws SQLException {
    assertThat(this.<Session>lend(session -> session))
        .isSameAs(this.<Session>lend(session -> session));
  }

  @Test
  void callerThatWaitsTooLongIsToldSo() {
    assertThatThrownBy(() -> lend(session -> lend(Session::connection)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("all 1 connections to change it were busy");
  }

  @Test
  void aSessionThatFailedIsReplaced() throws SQLException {
    Session failed = lend(session -> session);

    assertThatThrownBy(() -> lend(session -> session.update("NO SQL")))
        .isInstanceOf(SQLException.class);

    assertThat(failed.connection().isClosed()).isTrue();
    assertThat(this.<Session>lend(session -> session)).isNotSameAs(failed);
  }

  @Test
  void aSessionThatComesBackAfterTheEndIsClosed() throws SQLException {
    Session lent =
        lend(
            session -> {
              sessions.close();
              return session;
            });

    assertThat(lent.connection().isClosed()).isTrue();
    assertThatThrownBy(() -> lend(session -> session))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void interruptedCallerIsToldSoAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> lend(session -> session))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(Thread.interrupted()).isTrue();
  }

  private <T> T lend(Work<T> work) throws SQLException {
    return sessions.lend(Deadline.in(Duration.ofMillis(1)), work);
  }
}
