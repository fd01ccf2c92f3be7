package org.certcollect.store.jdbc.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.store.Collects;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.jdbc.BoundedMap;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Text;
import org.certcollect.store.jdbc.table.AccountRow;
import org.certcollect.store.jdbc.table.JdbcCollects;
import org.certcollect.store.x509.VerifiedChain;

/**
 * The reads of collect requests in PostgreSQL. One statement serves the claims of many clients. If
 * the rows of all claims are kept from earlier statements, it only asks for the identity of its
 * snapshot. A commit gives the database another snapshot, and then the claims are read again. Safe
 * for use by many threads.
 */
final class SnapshotCollects implements Collects {
  /** Some 10 MB. */
  private static final int MAX_ENTRIES = 10_000;

  /**
   * A query whose value is 1 in PostgreSQL itself; the version of another engine has more than two
   * numbers or another name. Before version 15 the statistics are too slow.
   */
  private static final String HAS_IDENTITIES =
      """
      SELECT COUNT(*) / 2 FROM pg_class
      WHERE oid IN (CAST('account' AS regclass), CAST('orders' AS regclass)) AND relkind = 'r'
        AND version() ~ '^PostgreSQL [0-9]+[.][0-9]+ '
        AND CAST(current_setting('server_version_num') AS INTEGER) >= 150000
      """;

  /**
   * The identity of a statement's snapshot. Two statements with the same identity see the same
   * rows, unless they belong to a transaction that changes some. It is NULL on a standby.
   *
   * <p>A snapshot is the set of transactions whose changes are visible. Every commit of a change
   * changes it. The numbers of transactions may come again after a failover, but from a server that
   * was started at another time, and after a crash, which resets the statistics. A standby does not
   * tell the whole set.
   */
  static final String IDENTITY =
      """
      CASE WHEN NOT pg_is_in_recovery()
        THEN concat(extract(epoch FROM pg_postmaster_start_time()), ' ',
          extract(epoch FROM pg_stat_get_bgwriter_stat_reset_time()), ' ',
          pg_current_snapshot()) END\
      """;

  private static final String SELECT_SNAPSHOT = "SELECT " + IDENTITY;

  /** The statement for claims in PostgreSQL itself. */
  static final String SELECT_CLAIMS = selectClaims(IDENTITY);

  private static final String SELECT_CLAIMS_ALONE = selectClaims("NULL");

  private final Database database;
  private final JdbcCollects direct;
  private final String hasIdentities;
  private volatile Optional<Boolean> identities = Optional.empty();
  private volatile KeptRows kept = new KeptRows("");

  /**
   * Makes reads of a database.
   *
   * @param database the database, each of whose statements has a snapshot of its own
   */
  SnapshotCollects(Database database) {
    this(database, HAS_IDENTITIES);
  }

  SnapshotCollects(Database database, String hasIdentities) {
    this.database = database;
    this.hasIdentities = hasIdentities;
    direct = new JdbcCollects(database);
  }

  /**
   * The statement for the claims of two arrays; {@code place} counts them from 1. The first of its
   * rows has the snapshot.
   *
   * @param snapshot the expression for the identity of a statement's snapshot
   */
  private static String selectClaims(String snapshot) {
    return "SELECT CASE WHEN row_number() OVER () = 1 THEN "
        + snapshot
        + " END AS snapshot, q.place, "
        + AccountRow.COLUMNS
        + ", "
        + JdbcCollects.STATUS
        + """
        , o.account_id AS owner
        FROM unnest(?, ?) WITH ORDINALITY AS q(login, number, place)
          JOIN account a ON a.login = q.login
          LEFT JOIN orders o ON o.number = q.number
        """;
  }

  @Override
  public Optional<AccountAndOrder> byLogin(String login, long orderNumber) {
    return byLogins(List.of(new OrderClaim(login, orderNumber))).get(0);
  }

  @Override
  public List<Optional<AccountAndOrder>> byLogins(List<OrderClaim> claims) {
    return claims.isEmpty() ? List.of() : database.read(session -> find(session, claims));
  }

  private List<Optional<AccountAndOrder>> find(Session session, List<OrderClaim> claims)
      throws SQLException {
    KeptRows before = kept;
    List<Optional<AccountAndOrder>> known = before.find(claims);
    return known.size() == claims.size() && isCurrent(before, session)
        ? known
        : read(session, claims);
  }

  /** Whether the snapshots of the database have identities, which is asked once. */
  private boolean hasIdentities(Session session) throws SQLException {
    Optional<Boolean> known = identities;
    if (known.isEmpty()) {
      known = Optional.of(session.first(hasIdentities, Row::number).orElse(0L) == 1);
      identities = known;
    }
    return known.get();
  }

  private boolean isCurrent(KeptRows rows, Session session) throws SQLException {
    return session
        .first(SELECT_SNAPSHOT, row -> Optional.ofNullable(row.text()))
        .flatMap(now -> now)
        .filter(rows.snapshot::equals)
        .isPresent();
  }

  private List<Optional<AccountAndOrder>> read(Session session, List<OrderClaim> claims)
      throws SQLException {
    Connection connection = session.connection();
    // No account has a login that cannot be stored, nor an empty one.
    Object[] logins =
        claims.stream().map(c -> Text.isStorable(c.login()) ? c.login() : "").toArray();
    Object[] numbers = claims.stream().map(OrderClaim::orderNumber).toArray();
    List<ClaimRow> rows =
        session.list(
            hasIdentities(session) ? SELECT_CLAIMS : SELECT_CLAIMS_ALONE,
            ClaimRow::read,
            connection.createArrayOf("text", logins),
            connection.createArrayOf("bigint", numbers));
    List<Optional<AccountAndOrder>> found =
        new ArrayList<>(Collections.nCopies(claims.size(), Optional.empty()));
    rows.forEach(row -> found.set(row.index, Optional.of(row.found)));
    rows.stream()
        .flatMap(row -> row.snapshot.stream())
        .findFirst()
        .ifPresent(snapshot -> keep(snapshot, claims, found));
    return found;
  }

  private void keep(
      String snapshot, List<OrderClaim> claims, List<Optional<AccountAndOrder>> found) {
    KeptRows now = kept;
    if (!now.snapshot.equals(snapshot)) {
      now = new KeptRows(snapshot);
      kept = now;
    }
    now.add(claims, found);
  }

  @Override
  public Optional<AccountAndOrder> byCertificate(String login, long certificateId) {
    return direct.byCertificate(login, certificateId);
  }

  @Override
  public Optional<OrderStatus> byCode(CodeHash code) {
    return direct.byCode(code);
  }

  @Override
  public VerifiedChain chain(IssuedReference reference) {
    return direct.chain(reference);
  }

  @Override
  public ValidationDetails details(long orderNumber, Optional<IssuedReference> certificate) {
    return direct.details(orderNumber, certificate);
  }

  /** A row of the statement for claims. */
  private record ClaimRow(int index, AccountAndOrder found, Optional<String> snapshot) {
    private static ClaimRow read(Row row) throws SQLException {
      return new ClaimRow(
          (int) row.number("place") - 1,
          JdbcCollects.ACCOUNT_AND_ORDER.read(row),
          row.optionalText("snapshot"));
    }
  }

  /** The rows that statements with one snapshot have found. Safe for use by many threads. */
  private static final class KeptRows {
    private final String snapshot;
    private final Map<OrderClaim, AccountAndOrder> byClaim = new BoundedMap<>(MAX_ENTRIES);

    KeptRows(String snapshot) {
      this.snapshot = snapshot;
    }

    /**
     * Adds the rows of a client's own orders. Other claims are a stranger's to choose, and could
     * push out useful ones.
     */
    synchronized void add(List<OrderClaim> claims, List<Optional<AccountAndOrder>> found) {
      for (int i = 0; i < claims.size(); i++) {
        OrderClaim claim = claims.get(i);
        found
            .get(i)
            .filter(row -> row.order().isPresent())
            .ifPresent(row -> byClaim.put(claim, row));
      }
    }

    /** The rows of the first claims, up to one whose row is not kept. */
    synchronized List<Optional<AccountAndOrder>> find(List<OrderClaim> claims) {
      List<Optional<AccountAndOrder>> rows = new ArrayList<>(claims.size());
      for (OrderClaim claim : claims) {
        AccountAndOrder row = byClaim.get(claim);
        if (row == null) {
          break;
        }
        rows.add(Optional.of(row));
      }
      return rows;
    }
  }
}
