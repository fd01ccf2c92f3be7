package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.BrokenHashes;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Migration;
import org.certcollect.store.jdbc.OlderOrders;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.table.JdbcStore;
import org.certcollect.store.jdbc.table.SearchFill;
import org.certcollect.store.x509.SearchTerms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigratorTest {
  private static final Migration FIRST = JdbcStore.migrations("sqlite").get(0);
  private static final Migration SECOND =
      new Migration(
          "0002-second.sql", "CREATE TABLE second (a INTEGER);\nINSERT INTO second VALUES (2);\n");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("store.sqlite");
  }

  @Test
  void missingStepsAreAppliedOnceAndInOrder() {
    migrate(FIRST);
    migrate(FIRST, SECOND);
    migrate(FIRST, SECOND);

    assertThat(numbers("SELECT version FROM schema_migration ORDER BY version"))
        .containsExactly(1L, 2L);
    assertThat(numbers("SELECT a FROM second")).containsExactly(2L);
  }

  @Test
  void aMigrationThatFailsLeavesNothingBehind() {
    migrate(FIRST);
    Migration broken =
        new Migration("0002-broken.sql", "CREATE TABLE half (a INTEGER);\nNO SQL;\n");

    assertThatThrownBy(() -> migrate(FIRST, broken)).isInstanceOf(StoreException.class);

    assertThat(numbers("SELECT version FROM schema_migration")).containsExactly(1L);
    assertThat(numbers("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"))
        .containsExactly(0L);
  }

  @Test
  void anAlteredMigrationIsRefused() {
    migrate(FIRST, SECOND);
    Migration altered = new Migration(SECOND.name(), SECOND.sql() + "-- altered\n");

    assertThatThrownBy(() -> migrate(FIRST, altered))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("0002-second.sql");
  }

  @Test
  void aDatabaseOfANewerProgramIsRefused() {
    List<Migration> newer = new ArrayList<>(new SqliteEngine(file).migrations());
    newer.add(new Migration("9999-newer.sql", SECOND.sql()));
    migrate(newer.toArray(Migration[]::new));

    assertThatThrownBy(() -> SqliteStore.open(file, Clock.systemUTC()))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("was written by a newer certcollect")
        .hasMessageContaining("version 9999, this program knows");
  }

  @Test
  void manyMayOpenANewFileAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Store>> openers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        openers.add(() -> SqliteStore.open(file, Clock.systemUTC()));
      }
      for (Future<Store> opened : threads.invokeAll(openers)) {
        try (Store store = opened.get()) {
          assertThat(store.check().ok()).isTrue();
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(numbers("SELECT version FROM schema_migration"))
        .hasSameSizeAs(engine().migrations())
        .doesNotHaveDuplicates();
  }

  @Test
  void anOlderStoreKeepsItsCertificatesAndGivesThemIds() {
    migrate(engine().migrations().subList(0, 2).toArray(Migration[]::new));
    try (Database database = engine().open(1, 1)) {
      OlderOrders.add(database);
    }
    try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
      OlderOrders.assertServed(store);
    }
  }

  @Test
  void anInterruptedSearchFillGoesOn() {
    migrate(engine().migrations().subList(0, 5).toArray(Migration[]::new));
    try (Database database = engine().open(1, 1)) {
      OlderOrders.add(database);
      int unused =
          database.change(
              session -> {
                session.update(
                    "WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i <"
                        + " 2600) INSERT INTO orders (number, account_id, product, state,"
                        + " created_at, changed_at) SELECT i, 7, 'SSL', 'PROCESSING', 0, 4000 FROM"
                        + " n");
                return session.update(
                    "INSERT INTO signing_request (order_number, public_key, der) SELECT number,"
                        + " public_key, der FROM orders, signing_request WHERE number >= 100");
              });
      assertThat(database.change(SearchFill::next)).isTrue();
    }
    assertThat(numbers("SELECT value FROM counter WHERE name = 'search_fill'"))
        .containsExactly(2098L);

    try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
      OrderFilter search =
          OrderFilter.first(9000)
              .withTerms(SearchTerms.domain("older.example.com").stream().toList());
      assertThat(store.orders().list(search)).hasSize(2502);
      assertThat(store.orders().find(2600).orElseThrow().processingSince())
          .contains(Instant.ofEpochMilli(4000));
    }
    assertThat(numbers("SELECT value FROM counter WHERE name = 'search_fill'")).isEmpty();
  }

  @Test
  void passwordHashesWithTheDigitsOfALocaleAreRepaired() {
    migrate(FIRST);
    SqliteEngine engine = engine();
    try (Database database = engine.open(1, 1)) {
      BrokenHashes.add(database);
    }
    try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
      BrokenHashes.assertRepaired(store);
    }
  }

  private SqliteEngine engine() {
    return new SqliteEngine(file);
  }

  private void migrate(Migration... migrations) {
    SqliteStore.prepare(file);
    SqliteEngine engine = new SqliteEngine(file, List.of(migrations));
    try (Database database = engine.open(1, 1)) {
      engine.migrator(database, Clock.systemUTC()).migrate();
    }
  }

  private List<Long> numbers(String sql) {
    try (Database database = new SqliteEngine(file).open(1, 1)) {
      return database.read(session -> session.list(sql, Row::number));
    }
  }
}
