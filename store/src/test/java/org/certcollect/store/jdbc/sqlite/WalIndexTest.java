package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the reading of SQLite's wal-index, and that the reading releases no lock. */
class WalIndexTest {
  private static final String CHANGE = "UPDATE t SET n = n + 1";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void fill() throws SQLException {
    file = fill("store.sqlite");
  }

  @Test
  void everyCommitIsSeenAndNothingElse() throws SQLException {
    try (Session session = session(file);
        Connection other = DriverManager.getConnection(SqliteEngine.url(file));
        Statement statement = other.createStatement()) {
      WalIndex index = new WalIndex(file);
      assertThat(index.isChanged(session)).isTrue();
      assertThat(index.isChanged(session)).isFalse();
      for (int i = 0; i < 100; i++) {
        for (String change :
            List.of(
                CHANGE,
                "INSERT INTO t VALUES (0, zeroblob(9000))",
                "DELETE FROM t WHERE more <> 0")) {
          statement.execute(change);
          assertThat(index.isChanged(session)).as(change).isTrue();
        }
        statement.execute("BEGIN IMMEDIATE");
        statement.execute(CHANGE);
        assertThat(index.isChanged(session)).isFalse();
        statement.execute(i % 2 == 0 ? "COMMIT" : "ROLLBACK");
        assertThat(index.isChanged(session)).isEqualTo(i % 2 == 0);
        // The log begins anew.
        statement
            .executeQuery("PRAGMA wal_checkpoint(%s)".formatted(i % 3 == 0 ? "TRUNCATE" : "FULL"))
            .close();
        index.isChanged(session);
      }
    }
  }

  @Test
  void anotherSessionWasNotAskedBefore() throws SQLException {
    WalIndex index = new WalIndex(file);
    for (int i = 0; i < 3; i++) {
      try (Session session = session(file)) {
        assertThat(index.isChanged(session)).isTrue();
      }
    }
  }

  @Test
  void aFileThatCameInPlaceOfAnotherIsRead() throws SQLException, IOException {
    WalIndex index = new WalIndex(file);
    try (Session session = session(file)) {
      index.isChanged(session);
    }
    Files.move(fill("another.sqlite"), file, StandardCopyOption.REPLACE_EXISTING);
    try (Session session = session(file);
        Connection other = DriverManager.getConnection(SqliteEngine.url(file));
        Statement statement = other.createStatement()) {
      index.isChanged(session);
      statement.execute(CHANGE);
      assertThat(index.isChanged(session)).isTrue();
    }
  }

  @Test
  void throughALinkItIsTheSameIndex() throws SQLException, IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.sqlite"), file);
    try (Session session = session(link);
        Connection other = DriverManager.getConnection(SqliteEngine.url(file));
        Statement statement = other.createStatement()) {
      WalIndex index = new WalIndex(link);
      index.isChanged(session);
      statement.execute(CHANGE);
      assertThat(index.isChanged(session)).isTrue();
    }
  }

  /**
   * To close a file releases all the process's locks on it, so that other processes would consider
   * it unused.
   */
  @Test
  void sqliteKeepsItsLocksAndRemovedFilesAreClosed() throws SQLException, IOException {
    try (Session session = session(file)) {
      new WalIndex(file).isChanged(session);
      for (int i = 0; i < 3; i++) {
        Path another = fill("another-" + i);
        try (Session brief = session(another)) {
          new WalIndex(another).isChanged(brief);
        }
      }
      new WalIndex(file).isChanged(session);

      Object index = Files.getAttribute(Path.of(file + "-shm"), "unix:ino");
      assertThat(Files.readAllLines(Path.of("/proc/locks")))
          .anyMatch(line -> line.contains(":" + index + " "));
      assertThat(openFiles()).noneMatch(name -> name.contains("another-"));
    }
  }

  /** Regression test: the garbage collector closed the file, which released the locks. */
  @Test
  void anIndexThatCannotBeMappedIsKeptOpenAndMappedLater() throws SQLException, IOException {
    Path cut = Files.createFile(folder.resolve("cut"));
    Path itsIndex = Files.createFile(folder.resolve("cut-shm"));
    try (Session session = session(file)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> new WalIndex(cut).isChanged(session))
            .isInstanceOf(StoreUnavailableException.class);
      }
      assertThat(openFiles()).containsOnlyOnce(itsIndex.toRealPath().toString());

      Files.write(itsIndex, new byte[64]);
      assertThat(new WalIndex(cut).isChanged(session)).isTrue();
      assertThat(openFiles()).containsOnlyOnce(itsIndex.toRealPath().toString());
    }
  }

  @Test
  void anIndexThatCannotBeLookedAtIsNoOthersConcern() throws SQLException, IOException {
    Path lost = Files.createDirectory(folder.resolve("lost"));
    Path another = fill("lost/store.sqlite");
    try (Session session = session(file);
        Session ofAnother = session(another)) {
      new WalIndex(another).isChanged(ofAnother);
      Files.move(lost, folder.resolve("found"));
      Files.createFile(lost);

      assertThat(new WalIndex(file).isChanged(session)).isTrue();

      assertThat(openFiles()).anyMatch(name -> name.contains("found/store.sqlite-shm"));
      Files.delete(lost);
      Files.move(folder.resolve("found"), lost);
    }
  }

  private static List<String> openFiles() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.map(WalIndexTest::target).toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      // That of the list itself.
      return "";
    }
  }

  private Path fill(String name) throws SQLException {
    Path filled = folder.resolve(name);
    SqliteStore.prepare(filled);
    try (Session session = session(filled, SqliteEngine.Access.WRITE)) {
      session.execute("CREATE TABLE t (n, more)");
      session.execute("INSERT INTO t VALUES (1, 0)");
    }
    return filled;
  }

  private static Session session(Path of) throws SQLException {
    return session(of, SqliteEngine.Access.NON_BLOCKING);
  }

  private static Session session(Path of, SqliteEngine.Access access) throws SQLException {
    return new SqliteEngine(of).connect(access);
  }
}
