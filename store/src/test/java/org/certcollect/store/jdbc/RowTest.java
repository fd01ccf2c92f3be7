package org.certcollect.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that rows are read by the names of their columns. */
class RowTest {
  private Session session;

  @BeforeEach
  void open() throws SQLException {
    session = new Session(DriverManager.getConnection("jdbc:sqlite::memory:"));
  }

  @AfterEach
  void close() throws SQLException {
    session.close();
  }

  @Test
  void columnsAreReadInAnyOrder() throws SQLException {
    String sql = "SELECT a.one, (SELECT 5) AS at, a.none FROM (SELECT 'x' AS one, NULL AS none) a";
    List<String> read =
        session.list(
            sql, row -> row.instant("at") + " " + row.optionalText("none") + " " + row.text("one"));
    assertThat(read).containsExactly(Instant.ofEpochMilli(5) + " Optional.empty x");
  }

  @Test
  void columnThatIsNotSelectedIsRefused() {
    assertThatThrownBy(() -> session.first("SELECT 1 AS one", row -> row.number("two")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two");
  }
}
