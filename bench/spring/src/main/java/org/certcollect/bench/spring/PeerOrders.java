package org.certcollect.bench.spring;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The accounts, orders and chains of the store. Thread-safe. */
@Repository
public class PeerOrders {
  private final JdbcTemplate jdbc;

  PeerOrders(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An order with its certificate, if it has one.
   *
   * @param der null without a certificate
   */
  record Found(String state, byte[] der, long chain) {}

  Optional<Long> account(String login) {
    return jdbc
        .queryForList(
            "SELECT id FROM account WHERE login = ? AND enabled = 1 AND ssl = 1", Long.class, login)
        .stream()
        .findFirst();
  }

  Optional<Found> order(long number, long account) {
    return jdbc
        .query(
            """
            SELECT o.state, c.der, c.chain_id
            FROM orders o LEFT JOIN certificate c ON c.id = o.certificate_id
            WHERE o.number = ? AND o.account_id = ? AND o.product = 'SSL'
            """,
            (row, index) -> new Found(row.getString(1), row.getBytes(2), row.getLong(3)),
            number,
            account)
        .stream()
        .findFirst();
  }

  /** The certificates of the issuers, the root first. */
  List<byte[]> issuers(long chain) {
    return jdbc.query(
        """
        SELECT c.der FROM chain_member m JOIN ca_certificate c ON c.id = m.ca_certificate_id
        WHERE m.chain_id = ? ORDER BY m.position DESC
        """,
        (row, index) -> row.getBytes(1),
        chain);
  }
}
