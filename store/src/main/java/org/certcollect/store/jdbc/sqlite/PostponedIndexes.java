package org.certcollect.store.jdbc.sqlite;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Migrator;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Text;
import org.certcollect.store.jdbc.load.PacedChanges;
import org.certcollect.store.jdbc.load.Postponement;
import org.certcollect.store.jdbc.table.SearchPart;

/**
 * The indexes and search terms that an import into a new store leaves until its end. SQLite builds
 * an index of stored rows by sorting them, in less than half the time of its growth by entries. The
 * tables of what is postponed tell every process that opens the store what is missing.
 */
final class PostponedIndexes implements Postponement {
  private static final Logger LOG = Logger.getLogger(PostponedIndexes.class.getName());

  /** The migration that makes the tables of what is postponed. */
  private static final int FIRST_VERSION = 17;

  /**
   * Whether the store has no orders, and no server in its list of servers. A server would search
   * without indexes until the import ends.
   */
  private static final String IS_NEW =
      "SELECT NOT EXISTS (SELECT 1 FROM orders) AND NOT EXISTS (SELECT 1 FROM node)";

  /** The indexes that neither keep keys unique nor serve the load, which compares stored orders. */
  private static final String POSTPONED =
      """
      SELECT rowid AS position, name, sql FROM sqlite_schema
      WHERE type = 'index' AND sql LIKE 'CREATE INDEX %'
        AND (tbl_name IN ('orders', 'signing_request', 'reissue_request')
          OR name IN ('event_by_time', 'event_by_actor'))
      ORDER BY position
      """;

  private static final String INSERT_INDEX =
      Session.insert("postponed_index", "position, name, sql");
  private static final String NEXT_INDEX =
      "SELECT position, name, sql FROM postponed_index ORDER BY position LIMIT 1";
  private static final String DELETE_INDEX = "DELETE FROM postponed_index WHERE position = ?";
  private static final String HAS_INDEX = "SELECT EXISTS (SELECT 1 FROM postponed_index)";

  /** The statement that postpones the terms of an order: its number, and a JSON array. */
  static final String INSERT_TERMS = Session.insert("postponed_term", "order_number, terms");

  private static final String FIRST_TERMS =
      "SELECT order_number FROM postponed_term ORDER BY order_number LIMIT 1";
  private static final String LAST_TERMS =
      """
      SELECT MAX(order_number) FROM (SELECT order_number FROM postponed_term
        WHERE order_number BETWEEN ? AND ? ORDER BY order_number LIMIT ?)
      """;
  private static final String MOVE_TERMS =
      """
      INSERT OR IGNORE INTO search_term (part, term, order_number)
      SELECT ?1, t.value, p.order_number FROM postponed_term p, json_each(p.terms) t
      WHERE p.order_number BETWEEN ?2 AND ?3
      ORDER BY t.value, p.order_number
      """;
  private static final String DELETE_TERMS =
      "DELETE FROM postponed_term WHERE order_number BETWEEN ? AND ?";

  /** A second core sorts. Each one takes as much memory as the cache has. */
  private static final String CORES = "PRAGMA threads = 2";

  private final SqliteEngine engine;

  PostponedIndexes(SqliteEngine engine) {
    this.engine = engine;
  }

  private record Index(long position, String name, String sql) {
    static Index read(Row row) throws SQLException {
      return new Index(row.number("position"), row.text("name"), row.text("sql"));
    }
  }

  @Override
  public void begin(Session session) throws SQLException {
    if (isTrue(session, IS_NEW)) {
      for (Index index : session.list(POSTPONED, Index::read)) {
        session.update(INSERT_INDEX, index.position, index.name, index.sql);
        session.execute("DROP INDEX " + index.name);
      }
    }
  }

  /** Whether the terms of new orders are to be postponed. */
  static boolean isUnderWay(Session session) throws SQLException {
    return isTrue(session, HAS_INDEX);
  }

  private static boolean isTrue(Session session, String query) throws SQLException {
    return session.first(query, Row::number).orElseThrow() == 1;
  }

  @Override
  public void complete(Runnable step) {
    try (Database own = engine.openPatiently()) {
      complete(own, step);
    }
  }

  private static void complete(Database database, Runnable step) {
    if (database.read(PostponedIndexes::isLeft)) {
      PacedChanges changes = new PacedChanges(database, Optional.of(SqliteBulkInsert.PAUSES));
      while (changes.change(PostponedIndexes::completeNext)) {
        step.run();
      }
    }
  }

  /**
   * Completes a store that is being opened, before any newer migration meets what is missing. A
   * store that cannot be completed now serves all the same, if it needs no migration.
   */
  void completeAtOpening(Database database, Migrator migrator) {
    if (migrator.countApplied() < FIRST_VERSION || !database.read(PostponedIndexes::isLeft)) {
      return;
    }
    LOG.info(
        () ->
            database.name()
                + " lacks indexes that an import left until its end: they are built now, which"
                + " takes some 25 s for each million orders");
    // A session of its own, because a large cache and sorting by two threads stay with it.
    try (Database own = engine.open(1, 1)) {
      complete(own, () -> {});
    } catch (StoreException e) {
      if (!migrator.isComplete()) {
        throw e;
      }
      LOG.warning(
          () ->
              "The indexes of "
                  + database.name()
                  + " could not be built: lists are slow, and searches do not find all orders,"
                  + " until a command or server opens the store and builds them: "
                  + e.getMessage());
    }
  }

  private static boolean isLeft(Session session) throws SQLException {
    return isUnderWay(session) || session.first(FIRST_TERMS, Row::number).isPresent();
  }

  /**
   * Builds the next index, or moves the terms of the next orders; false if nothing is left. Terms
   * come after all indexes, when no more of them are postponed.
   */
  private static boolean completeNext(Session session) throws SQLException {
    session.update(SqliteBulkInsert.ROOM);
    long unused = session.first(CORES, Row::number).orElseThrow();
    Optional<Index> index = session.first(NEXT_INDEX, Index::read);
    if (index.isPresent()) {
      session.execute(index.get().sql);
      session.update(DELETE_INDEX, index.get().position);
      if (!isUnderWay(session)) {
        SearchPart.divide(session);
      }
      return true;
    }
    Optional<Long> first = session.first(FIRST_TERMS, Row::number);
    if (first.isPresent()) {
      SearchPart.Range part = SearchPart.of(session, first.get());
      long last =
          session
              .first(LAST_TERMS, Row::number, first.get(), part.last(), SearchPart.FULL)
              .orElseThrow();
      session.update(MOVE_TERMS, part.first(), first.get(), last);
      session.update(DELETE_TERMS, first.get(), last);
    }
    return first.isPresent();
  }

  /** The JSON array of texts (RFC 8259, sections 5 and 7). */
  static String json(Set<String> texts) {
    StringBuilder json = new StringBuilder("[");
    for (String term : texts) {
      String text = Text.storable(term);
      json.append(json.length() == 1 ? "\"" : ",\"");
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c < ' ') {
          json.append("\\u00")
              .append(Character.forDigit(c >> 4, 16))
              .append(Character.forDigit(c & 15, 16));
        } else if (c == '"' || c == '\\') {
          json.append('\\').append(c);
        } else {
          json.append(c);
        }
      }
      json.append('"');
    }
    return json.append(']').toString();
  }
}
