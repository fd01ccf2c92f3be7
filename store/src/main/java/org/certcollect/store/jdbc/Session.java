package org.certcollect.store.jdbc;

import java.sql.Array;
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

/**
 * A connection with its statements, each prepared once and then reused. Arguments may be numbers,
 * text, bytes, flags, timestamps, enum constants, arrays of the connection, and optional ones of
 * these. Used by one thread at a time.
 */
public final class Session implements AutoCloseable {
  private final Connection connection;
  private final Optional<Deadline> deadline;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Map<String, Map<String, Integer>> columns = new HashMap<>();

  public Session(Connection connection) {
    this(connection, Optional.empty());
  }

  /** Creates a session in which no wait for the database lasts beyond a deadline. */
  public Session(Connection connection, Deadline deadline) {
    this(connection, Optional.of(deadline));
  }

  private Session(Connection connection, Optional<Deadline> deadline) {
    this.connection = connection;
    this.deadline = deadline;
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
    return prepared(sql).executeBatch();
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
    if (value instanceof Optional<?> optional) {
      if (optional.isPresent()) {
        bind(statement, index, optional.get());
      } else {
        statement.setNull(index, Types.NULL);
      }
    } else if (value instanceof OptionalLong number) {
      bind(statement, index, number.isPresent() ? number.getAsLong() : Optional.empty());
    } else if (value instanceof Number number) {
      statement.setLong(index, number.longValue());
    } else if (value instanceof String text) {
      statement.setString(index, Text.storable(text));
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else if (value instanceof Boolean flag) {
      statement.setLong(index, flag ? 1 : 0);
    } else if (value instanceof Instant instant) {
      statement.setLong(index, instant.toEpochMilli());
    } else if (value instanceof Array array) {
      statement.setArray(index, array);
    } else if (value instanceof Enum<?> constant) {
      statement.setString(index, constant.name());
    } else {
      throw new IllegalArgumentException("not an argument: " + value.getClass());
    }
  }
}
