package org.certcollect.store.jdbc.sqlite;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Text;
import org.certcollect.store.jdbc.load.Postponement;
import org.certcollect.store.jdbc.table.SearchPart;

/**
 * The indexes and search terms that an import into a new store leaves until its end. SQLite builds
 * an index of stored rows by sorting them, in less than half the time of its growth by entries. The
 * tables of what is postponed tell every process that opens the store what is missing.
 */
final class PostponedIndexes implements Postponement {
  private static final Logger LOG = Logger.getLogger(PostponedIndexes.class.getName());

  /** A server would search without indexes until the import ends. */
  private static final String IS_NEW =
      "SELECT NOT EXISTS (SELECT 1 FROM orders) AND NOT EXISTS (SELECT 1 FROM node)";

  /**
   * Those that neither keep keys unique nor serve the load itself, which compares orders that are
   * there already.
   */
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
  private static final String MOVE_TERMS =
      """
      INSERT OR IGNORE INTO search_term (part, term, order_number)
      SELECT ?1, t.value, p.order_number FROM postponed_term p, json_each(p.terms) t
      WHERE p.order_number BETWEEN ?2 AND ?3
      ORDER BY t.value, p.order_number
      """;
  private static final String DELETE_TERMS =
      "DELETE FROM postponed_term WHERE order_number BETWEEN ? AND ?";

  private static final String CORES =
      "PRAGMA threads = " + Math.min(8, Runtime.getRuntime().availableProcessors());

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
  public void complete(Database database, Runnable step) {
    while (database.read(PostponedIndexes::isLeft)) {
      step.run();
      database.change(PostponedIndexes::completeNext);
      SqliteBulkInsert.PAUSES.checkpoint(database);
    }
  }

  /** Completes the store as it is opened, and tells why that takes time. */
  void completeAtOpening(Database database) {
    if (database.read(PostponedIndexes::isLeft)) {
      LOG.info(
          () ->
              database.name()
                  + " lacks indexes that an import left until its end: they are built now, which"
                  + " takes some 20 s for each million orders");
      complete(database, () -> {});
    }
  }

  private static boolean isLeft(Session session) throws SQLException {
    return isUnderWay(session) || session.first(FIRST_TERMS, Row::number).isPresent();
  }

  /** Terms come after all indexes, when no more of them are postponed. */
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
      session.update(MOVE_TERMS, part.first(), part.first(), part.last());
      session.update(DELETE_TERMS, part.first(), part.last());
    }
    return true;
  }

  /** The JSON array of texts. */
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
