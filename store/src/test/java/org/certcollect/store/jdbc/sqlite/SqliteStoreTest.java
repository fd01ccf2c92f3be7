package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.orderIn;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderTime;
import org.certcollect.store.OrderTime.Period;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Work;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteStoreTest {
  private static final ChangeRecord CHANGE =
      new ChangeRecord(
          ALICE,
          OptionalLong.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          "test",
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("store.sqlite");
  }

  @Test
  void itsFilesAreTheOwnersAlone() throws IOException {
    try (Store store = open()) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
      List<Path> files = filesInFolder();

      assertThat(files).hasSize(3);
      for (Path each : files) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
            .as(each.toString())
            .isEqualTo("rw-------");
      }
    }
    assertThat(filesInFolder()).containsExactly(file);
  }

  @Test
  void storedDataIsThereAfterTheNextOpen() {
    try (Store store = open()) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
    }
    try (Store store = open()) {
      assertThat(store.accounts().find("demo")).isPresent();
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Files.writeString(file, "This is a text of some length, and not a database.\n".repeat(100));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(file + ": it is not a SQLite database");
    assertThat(file).content().startsWith("This is a text");
  }

  @Test
  void aFileThatWasCutToNothingIsNoNewStore() throws IOException {
    open().close();
    Files.write(file, new byte[0]);

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(file + " is empty");
    assertThat(file).isEmptyFile();
  }

  @Test
  void anotherProgramsDatabaseIsRefusedAndLeftAsItIs() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE account (name TEXT)");
    }
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(file + " is the database of another program");
    assertThat(filesInFolder()).containsExactly(file);
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    file = folder.resolve("missing").resolve("store.sqlite");

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(file + " cannot be made");
  }

  @Test
  void aFolderInPlaceOfTheFileIsNamed() {
    file = folder;

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(file + ": it cannot be opened");
  }

  @Test
  void aPathThatTheDriverWouldTakeForSettingsIsRefusedAndNothingIsMade() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("data?cache=shared"));
    file = odd.resolve("store.sqlite");

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(file + ": ")
        .hasMessageContaining("question mark");
    assertThat(filesInFolder()).containsExactly(odd);
    assertThat(odd).isEmptyDirectory();
  }

  @Test
  void aRelativePathIsNothingButAFile() {
    for (String name : List.of(":memory:", ":resource:x", "file:x")) {
      assertThat(SqliteEngine.url(Path.of(name)))
          .isEqualTo("jdbc:sqlite:" + Path.of("").toAbsolutePath().resolve(name));
    }
  }

  @Test
  void storeWithoutAWriteAheadLogIsRefused() throws SQLException {
    try (Session inMemory = new Session(DriverManager.getConnection("jdbc:sqlite::memory:"))) {
      assertThatThrownBy(() -> SqliteEngine.keepLog(inMemory, "the file", 0))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("the file cannot have a write-ahead log (SQLite answers memory)");
    }
  }

  @Test
  void aDamagedFileIsToldAndDoesNotEndTheProgram() throws IOException {
    try (Store store = open()) {
      for (int i = 0; i < 200; i++) {
        store.accounts().add("account " + i, HASH, BOTH, ALICE);
      }
    }
    try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
      damaged.seek(4096);
      damaged.write(new byte[(int) damaged.length() - 4096]);
    }

    assertThatThrownBy(
            () -> {
              try (Store store = open()) {
                store.accounts().list("", 1000);
              }
            })
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("it is damaged");
  }

  @ParameterizedTest
  @CsvSource({
    "13, disk is full", "5, locked", "6, locked", "8, may not be written", "10, reading or writing",
    "11, damaged", "14, cannot be opened", "26, not a SQLite", "7, memory", "3, may not be written"
  })
  void anErrorOfTheDatabaseIsSaidInTheOperatorsWords(int code, String words) {
    StoreException failure =
        new SqliteFailures().explain("file", new SQLException("original", null, code));

    assertThat(failure)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith("file: ")
        .hasMessageContaining(words)
        .hasMessageContaining("original");
  }

  @Test
  void anErrorOfOurOwnIsNoneOfTheOperators() {
    assertThat(new SqliteFailures().explain("file", new SQLException("syntax", null, 1)))
        .isNotInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void connectionsAreSetForDurabilityAndReadersCannotWrite() throws SQLException {
    open().close();
    SqliteEngine engine = new SqliteEngine(file);
    try (Session writer = engine.connect(SqliteEngine.Access.WRITE);
        Session reader = engine.connect(SqliteEngine.Access.READ)) {
      for (Session session : List.of(writer, reader)) {
        assertThat(session.first("PRAGMA journal_mode", Row::text)).contains("wal");
        assertThat(session.first("PRAGMA synchronous", Row::number)).contains(2L);
        assertThat(session.first("PRAGMA foreign_keys", Row::number)).contains(1L);
        assertThat(session.first("PRAGMA busy_timeout", Row::number)).contains(10_000L);
        assertThat(session.first("PRAGMA mmap_size", Row::number)).contains(0L);
      }
      assertThatThrownBy(() -> reader.update("DELETE FROM counter"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void anErrorWithinAChangeUndoesItAndTheNextChangeWorks() {
    SqliteStore.prepare(file);
    SqliteEngine engine = new SqliteEngine(file);
    try (Database database = engine.open(1, 1)) {
      engine.migrator(database, Clock.systemUTC()).migrate();
      assertThatThrownBy(
              () ->
                  database.change(
                      session -> {
                        session.update("UPDATE counter SET value = 5");
                        return session.update("INSERT INTO counter VALUES ('order_number', 1)");
                      }))
          .isInstanceOf(StoreException.class);
      Optional<Long> counter =
          database.change(s -> s.first("SELECT value FROM counter", Row::number));
      assertThat(counter).contains(1_000_000L);
    }
  }

  @Test
  void aFailureOfTheCallerOrItsAuditorUndoesTheChangeAndKeepsTheConnection() {
    SqliteStore.prepare(file);
    SqliteEngine engine = new SqliteEngine(file);
    try (Database database = engine.open(1, 1)) {
      engine.migrator(database, Clock.systemUTC()).migrate();
      List<Session> lent = new ArrayList<>();
      Work<Integer> work =
          session -> {
            lent.add(session);
            session.announce(CHANGE);
            return session.update("UPDATE counter SET value = 5");
          };
      assertThatThrownBy(
              () ->
                  database.change(
                      session -> {
                        work.in(session);
                        throw new IllegalArgumentException("not like this");
                      }))
          .isInstanceOf(IllegalArgumentException.class);
      Database audited =
          database.audited(
              changes -> {
                throw new IllegalStateException("the disk is full");
              });
      assertThatThrownBy(() -> audited.change(work)).isInstanceOf(IllegalStateException.class);
      Optional<Long> counter =
          database.change(
              session -> {
                lent.add(session);
                return session.first("SELECT value FROM counter", Row::number);
              });
      assertThat(counter).contains(1_000_000L);
      assertThat(Set.copyOf(lent)).hasSize(1);
    }
  }

  /** A record of a change that was not made would stay the last word otherwise. */
  @Test
  void aChangeThatCannotBeCommittedIsRecordedAgainAsFailed() {
    List<ChangeRecord> told = new ArrayList<>();
    open().close();
    try (Database database = new SqliteEngine(file).open(1, 1)) {
      database.change(
          session -> {
            session.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
            session.execute(
                "CREATE TABLE child (id REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
            return 0;
          });
      Database audited = database.audited(told::addAll);
      assertThatThrownBy(
              () ->
                  audited.change(
                      session -> {
                        session.announce(CHANGE);
                        return session.update("INSERT INTO child (id) VALUES (5)");
                      }))
          .isInstanceOf(StoreException.class);
    }
    assertThat(told).extracting(ChangeRecord::action).containsExactly("test", "test.failed");
    assertThat(told.get(1).detail().orElseThrow())
        .contains("the commit failed, so it was not made");
  }

  @Test
  void aTransactionThatAnotherLeftOpenDoesNotHinderReads() throws SQLException {
    try (Store store = open()) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
      SqliteEngine engine = new SqliteEngine(file);
      try (Session other = engine.connect(SqliteEngine.Access.WRITE)) {
        new SqliteTransactions().begin(other);
        assertThat(store.accounts().find("demo")).isPresent();
        assertThat(store.check().ok()).isTrue();
      }
      store.accounts().setEnabled("demo", false, ALICE);
    }
  }

  @Test
  void orderThatAServerOfAnOlderReleaseIssuedIsNotProcessedAnyMore() throws SQLException {
    try (Store store = open()) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
      long number = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL)).number();
      try (Session older = new SqliteEngine(file).connect(SqliteEngine.Access.WRITE)) {
        older.update("UPDATE orders SET processing_since = 1 WHERE number = ?", number);
      }
      OrderFilter processed =
          OrderFilter.first(9).withPeriod(OrderTime.PROCESSING, Period.before(Instant.MAX));
      assertThat(store.orders().list(processed)).isEmpty();
      assertThat(
              store
                  .orders()
                  .list(processed.withPeriod(OrderTime.ISSUED, Period.before(Instant.MAX))))
          .isEmpty();
      assertThat(store.orders().find(number).orElseThrow().processingSince()).isEmpty();
      assertThat(store.orders().statistics(List.of()).oldestProcessing()).isEmpty();
    }
  }

  private Store open() {
    return SqliteStore.open(file, Clock.systemUTC());
  }

  private List<Path> filesInFolder() throws IOException {
    try (var files = Files.list(folder)) {
      return new ArrayList<>(files.sorted().toList());
    }
  }
}
