package org.certcollect.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One row of a result, read from its first column to its last. Not safe for use by many threads.
 */
public final class Row {
  /** A function from one row to a value. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  private final ResultSet result;
  private int column;

  Row(ResultSet result) {
    this.result = result;
  }

  public long number() throws SQLException {
    return result.getLong(++column);
  }

  public OptionalLong optionalNumber() throws SQLException {
    long value = number();
    return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  public boolean flag() throws SQLException {
    return number() != 0;
  }

  public String text() throws SQLException {
    return result.getString(++column);
  }

  public Optional<String> optionalText() throws SQLException {
    return Optional.ofNullable(text());
  }

  public byte[] bytes() throws SQLException {
    return result.getBytes(++column);
  }

  public Instant instant() throws SQLException {
    return Instant.ofEpochMilli(number());
  }

  public <E extends Enum<E>> E oneOf(Class<E> type) throws SQLException {
    return Enum.valueOf(type, text());
  }

  /** Whether the next column is NULL. It does not move on to the column after it. */
  public boolean nextIsNull() throws SQLException {
    return result.getObject(column + 1) == null;
  }
}
