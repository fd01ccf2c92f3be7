package org.certcollect.store.jdbc.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.certcollect.store.LastCollects;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.SqlDialect;

/** The table of last collects. Safe for use by many threads. */
record JdbcLastCollects(Database database, SqlDialect dialect) implements LastCollects {
  /** The orders of a transaction, whose end a change of one of their accounts waits for. */
  private static final int ORDERS_AT_ONCE = 1_000;

  /** The pause in which such a change gets its lock before the next transaction takes it again. */
  private static final long PAUSE_NANOS = 2_000_000;

  /**
   * Brings back no row of an order that was pruned, nor of a login to an account that was made
   * anonymous. A collect by code has no login and works for a disabled account too, so it is put
   * also after the account was made anonymous. The locks make prune and anonymise wait for this
   * transaction, or this transaction for them.
   */
  private static final String PUT =
      """
      INSERT INTO last_collect (order_number, at, account_id, source)
      SELECT o.number, ?, CAST(? AS BIGINT), ?
      FROM orders o JOIN account a ON a.id = COALESCE(CAST(? AS BIGINT), o.account_id)
      WHERE o.number = ? AND (a.enabled = 1 OR CAST(? AS BIGINT) IS NULL)
      %s
      ON CONFLICT (order_number) DO UPDATE
      SET at = excluded.at, account_id = excluded.account_id, source = excluded.source
      WHERE last_collect.at <= excluded.at
      """;

  private static final String FIND =
      """
      SELECT l.at, l.account_id, a.login, l.source
      FROM last_collect l LEFT JOIN account a ON a.id = l.account_id
      WHERE l.order_number = ?
      """;

  @Override
  public void put(Collection<LastCollect> collects, Consumer<List<LastCollect>> done) {
    // All nodes write in one order, or two of them might wait for each other's rows.
    List<LastCollect> sorted =
        collects.stream().sorted(Comparator.comparing(LastCollect::order)).toList();
    for (int from = 0; from < sorted.size(); from += ORDERS_AT_ONCE) {
      if (from > 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      List<LastCollect> part = sorted.subList(from, Math.min(sorted.size(), from + ORDERS_AT_ONCE));
      putAtOnce(part);
      done.accept(part);
    }
  }

  private void putAtOnce(List<LastCollect> sorted) {
    String put = PUT.formatted(dialect.locks("FOR KEY SHARE OF o FOR SHARE OF a"));
    database.change(
        session -> {
          for (LastCollect collect : sorted) {
            session.queue(
                put,
                collect.at(),
                collect.account(),
                collect.source(),
                collect.account(),
                collect.order(),
                collect.account());
          }
          return session.updateQueued(put);
        });
  }

  @Override
  public Optional<LastCollect> of(long order) {
    return database.read(
        session ->
            session.first(
                FIND,
                row ->
                    new LastCollect(
                        order,
                        row.instant("at"),
                        row.optionalNumber("account_id"),
                        row.optionalText("login"),
                        row.text("source")),
                order));
  }
}
