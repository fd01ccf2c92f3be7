package org.certcollect.store.jdbc;

import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.ChangeRecord;

/**
 * A connection with its statements, each prepared once and then reused. Arguments may be numbers,
 * text, bytes, flags, timestamps, enum constants, arrays of the connection, and optional ones of
 * these. Used by one thread at a time.
 */
public final class Session implements AutoCloseable {
  private final Connection connection;
  private final Optional<Deadline> deadline;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Map<String, Map<String, Integer>> columns;
  private Optional<List<ChangeRecord>> announced = Optional.empty();
  private Optional<CausedMails> mails = Optional.empty();

  public Session(Connection connection) {
    this(connection, Optional.empty(), new HashMap<>());
  }

  /**
   * Creates a session in which no wait for the database lasts beyond a deadline.
   *
   * @param columns the cache of the indexes of columns, by statement; it must be safe for use by
   *     many threads if sessions share it
   */
  public Session(
      Connection connection, Deadline deadline, Map<String, Map<String, Integer>> columns) {
    this(connection, Optional.of(deadline), columns);
  }

  private Session(
      Connection connection,
      Optional<Deadline> deadline,
      Map<String, Map<String, Integer>> columns) {
    this.connection = connection;
    this.deadline = deadline;
    this.columns = columns;
  }

  /** Begins to collect the changes that are announced, or forgets them. */
  void announcing(boolean begin) {
    announced = begin ? Optional.of(new ArrayList<>()) : Optional.empty();
  }

  public boolean isAnnouncing() {
    return announced.isPresent();
  }

  /** The changes of this transaction, if they are collected. */
  List<ChangeRecord> announced() {
    return announced.map(List::copyOf).orElse(List.of());
  }

  /** Announces a change to whoever audits this transaction. */
  public void announce(ChangeRecord change) {
    announced.ifPresent(changes -> changes.add(change));
  }

  /** Begins to collect what causes e-mails, or forgets it. */
  public void mailing(Optional<CausedMails> collected) {
    mails = collected;
  }

  /** What causes e-mails in this transaction, if it is collected. */
  public Optional<CausedMails> mails() {
    return mails;
  }

  public Connection connection() {
    return connection;
  }

  /** Sets the timeout of the next wait for the database, if there is a deadline. */
  public void hurry() throws SQLException {
    if (deadline.isPresent()) {
      // 0 would mean no timeout.
      int millis = (int) Math.max(1, deadline.get().millisForStep());
      connection.setNetworkTimeout(Runnable::run, millis);
    }
  }

  boolean isLate() {
    return deadline.filter(Deadline::isOver).isPresent();
  }

  /** The statement that inserts a row into a table with a value for each of these columns. */
  public static String insert(String table, String columns) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(table, columns, columns.replaceAll("[^, ]+", "?"));
  }

  /** Executes SQL without a prepared statement. */
  public void execute(String sql) throws SQLException {
    hurry();
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Executes a statement and returns the number of rows that it changed. */
  public int update(String sql, Object... arguments) throws SQLException {
    return prepared(sql, arguments).executeUpdate();
  }

  /**
   * Queues the arguments for {@link #updateQueued}, which costs the driver less than one call for
   * each row.
   */
  public void queue(String sql, Object... arguments) throws SQLException {
    prepared(sql, arguments).addBatch();
  }

  /**
   * Executes a queued statement and returns the number of changed rows for each time that it was
   * queued.
   */
  public int[] updateQueued(String sql) throws SQLException {
    try {
      return prepared(sql).executeBatch();
    } catch (BatchUpdateException e) {
      // The first exception of PostgreSQL's driver quotes the statement; the next tells the cause.
      throw e.getNextException() == null ? e : e.getNextException();
    }
  }

  public <T> List<T> list(String sql, Row.Reader<T> reader, Object... arguments)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (ResultSet result = prepared(sql, arguments).executeQuery()) {
      Row row = Row.of(result, sql, columns);
      while (result.next()) {
        rows.add(reader.read(row));
      }
    }
    return List.copyOf(rows);
  }

  public <T> Optional<T> first(String sql, Row.Reader<T> reader, Object... arguments)
      throws SQLException {
    try (ResultSet result = prepared(sql, arguments).executeQuery()) {
      return result.next()
          ? Optional.of(reader.read(Row.of(result, sql, columns)))
          : Optional.empty();
    }
  }

  /** Closes the connection, which rolls back a transaction that was left open. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private PreparedStatement prepared(String sql, Object... arguments) throws SQLException {
    hurry();
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int index, Object value)
      throws SQLException {
    Optional<Object> plain = plain(value);
    if (plain.isEmpty()) {
      statement.setNull(index, Types.NULL);
    } else if (plain.get() instanceof Long number) {
      statement.setLong(index, number);
    } else if (plain.get() instanceof String text) {
      statement.setString(index, text);
    } else if (plain.get() instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else {
      statement.setArray(index, (Array) plain.get());
    }
  }

  /** The argument as a Long, String, byte[] or Array; empty for NULL. */
  public static Optional<Object> plain(Object value) {
    if (value instanceof Long || value instanceof byte[] || value instanceof Array) {
      return Optional.of(value);
    } else if (value instanceof String text) {
      return Optional.of(Text.storable(text));
    } else if (value instanceof Optional<?> optional) {
      return optional.flatMap(Session::plain);
    } else if (value instanceof OptionalLong number) {
      return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    } else if (value instanceof Number number) {
      return Optional.of(number.longValue());
    } else if (value instanceof Boolean flag) {
      return Optional.of(flag ? 1L : 0L);
    } else if (value instanceof Instant instant) {
      return Optional.of(instant.toEpochMilli());
    } else if (value instanceof Enum<?> constant) {
      return Optional.of(constant.name());
    }
    throw new IllegalArgumentException("not an argument: " + value.getClass());
  }
}
