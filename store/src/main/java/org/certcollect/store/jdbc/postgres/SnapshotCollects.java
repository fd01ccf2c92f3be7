package org.certcollect.store.jdbc.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
 * the rows of all claims are cached from earlier statements, it only asks for the identity of its
 * snapshot. A commit gives the database another snapshot, and then the claims are read again. Safe
 * for use by many threads.
 */
final class SnapshotCollects implements Collects {
  /** The maximum number of cached rows, which take some 10 MB. */
  private static final int MAX_ENTRIES = 10_000;

  /** The version text of PostgreSQL itself, whose commits all have a number in the snapshot. */
  static final Pattern VERSION =
      Pattern.compile(
          "PostgreSQL [0-9]+[.][0-9]+( [(](Debian|Ubuntu|Homebrew)[^)]*[)])?(,| on) .*");

  /**
   * The major versions that keep their statistics in memory and discard them after a crash. A later
   * one has to be looked at first.
   */
  private static final long MIN_NUMBER = 150_000;

  private static final long MAX_NUMBER = 189_999;

  private static final String SELECT_VERSION =
      """
      SELECT version() AS version,
        CAST(current_setting('server_version_num') AS INTEGER) AS number
      """;

  /**
   * A query whose value is 1 if the tables are PostgreSQL's own, neither Citus nor Aurora is there,
   * which commit elsewhere, and this user may call the functions of {@link #IDENTITY}.
   */
  private static final String SELECT_FITNESS =
      """
      SELECT CASE WHEN to_regclass('pg_catalog.pg_dist_partition') IS NULL
          AND to_regproc('pg_catalog.aurora_version') IS NULL
          AND (SELECT COUNT(*) FROM pg_class c JOIN pg_am m ON m.oid = c.relam
            WHERE c.oid IN (CAST('account' AS regclass), CAST('orders' AS regclass))
              AND c.relkind = 'r' AND m.amname = 'heap') = 2
          AND (SELECT COUNT(*) FROM pg_proc
            WHERE pronamespace = CAST('pg_catalog' AS regnamespace)
              AND proname IN ('pg_is_in_recovery', 'pg_postmaster_start_time',
                'pg_stat_get_bgwriter_stat_reset_time', 'pg_current_snapshot')
              AND has_function_privilege(oid, 'EXECUTE')) = 4
        THEN 1 ELSE 0 END
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
  private volatile Optional<Boolean> hasIdentities = Optional.empty();
  private volatile CachedRows cached = new CachedRows("");

  /**
   * Makes reads of a database.
   *
   * @param database the database, each of whose statements has a snapshot of its own
   */
  SnapshotCollects(Database database) {
    this.database = database;
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
    CachedRows before = cached;
    List<Optional<AccountAndOrder>> known = before.find(claims);
    return known.size() == claims.size() && isCurrent(before, session)
        ? known
        : read(session, claims);
  }

  /** Whether the snapshots of the database have identities, which is asked once. */
  private boolean hasIdentities(Session session) throws SQLException {
    Optional<Boolean> known = hasIdentities;
    if (known.isEmpty()) {
      known =
          Optional.of(
              session.first(SELECT_VERSION, SnapshotCollects::isTrusted).orElse(false)
                  && session.first(SELECT_FITNESS, Row::number).orElse(0L) == 1);
      hasIdentities = known;
    }
    return known.get();
  }

  private static boolean isTrusted(Row row) throws SQLException {
    long number = row.number("number");
    return number >= MIN_NUMBER
        && number <= MAX_NUMBER
        && VERSION.matcher(row.text("version")).matches();
  }

  private boolean isCurrent(CachedRows rows, Session session) throws SQLException {
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
        .ifPresent(snapshot -> cache(snapshot, claims, found));
    return found;
  }

  private void cache(
      String snapshot, List<OrderClaim> claims, List<Optional<AccountAndOrder>> found) {
    CachedRows now = cached;
    if (!now.snapshot.equals(snapshot)) {
      now = new CachedRows(snapshot);
      cached = now;
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
  private static final class CachedRows {
    private final String snapshot;
    private final Map<OrderClaim, AccountAndOrder> byClaim = new BoundedMap<>(MAX_ENTRIES);

    CachedRows(String snapshot) {
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

    /** The rows of the first claims, up to one whose row is not cached. */
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
