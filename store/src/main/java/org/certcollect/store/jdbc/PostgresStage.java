package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables that orders are copied into: for what may be there already, or refers to each other,
 * temporary ones, and the statement that takes the rows from there; for the rest the store's own.
 */
enum PostgresStage {
  ORDERS(
      "stage_order",
      "number, account_id, product, state, reason, created_at, changed_at, certificate_id,"
          + " not_before, not_after, code_hash"),
  CERTIFICATES(
      "stage_certificate",
      "id, order_number, chain_id, issued_at, sha256, subject, common_name, dns_name, not_before,"
          + " not_after, der"),
  REQUESTS("signing_request", "order_number, public_key, der"),
  EVENTS("event", "account_id, order_number, at, actor, action, from_state, to_state, detail");

  /** Inserts the staged orders that are new, with their certificates, and lists their numbers. */
  static final String INSERT =
      """
      WITH added AS (
        INSERT INTO orders (%1$s)
        SELECT %1$s FROM stage_order ORDER BY number
        ON CONFLICT DO NOTHING RETURNING number
      ), certificates AS (
        INSERT INTO certificate (%2$s)
        SELECT %2$s FROM stage_certificate
        WHERE order_number IN (SELECT number FROM added)
      )
      SELECT number FROM added
      """
          .formatted(ORDERS.columns, CERTIFICATES.columns);

  private static final String MAKE =
      """
      CREATE TEMPORARY TABLE IF NOT EXISTS stage_order (
        number BIGINT, account_id BIGINT, product TEXT, state TEXT, reason TEXT, created_at BIGINT,
        changed_at BIGINT, certificate_id BIGINT, not_before BIGINT, not_after BIGINT,
        code_hash BYTEA) ON COMMIT DELETE ROWS;
      CREATE TEMPORARY TABLE IF NOT EXISTS stage_certificate (
        id BIGINT, order_number BIGINT, chain_id BIGINT, issued_at BIGINT, sha256 BYTEA,
        subject BYTEA, common_name TEXT, dns_name TEXT, not_before BIGINT, not_after BIGINT,
        der BYTEA) ON COMMIT DELETE ROWS
      """;

  private final String table;
  private final String columns;

  PostgresStage(String table, String columns) {
    this.table = table;
    this.columns = columns;
  }

  /** Makes the tables on a connection that does not have them yet; each commit empties them. */
  static void make(Session session) throws SQLException {
    session.hurry();
    try (Statement statement = session.connection().createStatement()) {
      boolean unused = statement.execute(MAKE);
    }
  }

  void copy(Session session, PostgresCopyRows rows) throws SQLException {
    if (!rows.isEmpty()) {
      rows.send(session, "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table, columns));
    }
  }
}
