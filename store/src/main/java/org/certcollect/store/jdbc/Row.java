package org.certcollect.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One row of a result, read from its first column to its last. Not safe for use by many threads.
 */
final class Row {
  /** Makes a value of one row. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  private final ResultSet result;
  private int column;

  Row(ResultSet result) {
    this.result = result;
  }

  long number() throws SQLException {
    return result.getLong(++column);
  }

  OptionalLong optionalNumber() throws SQLException {
    long value = number();
    return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  boolean flag() throws SQLException {
    return number() != 0;
  }

  String text() throws SQLException {
    return result.getString(++column);
  }

  Optional<String> optionalText() throws SQLException {
    return Optional.ofNullable(text());
  }

  byte[] bytes() throws SQLException {
    return result.getBytes(++column);
  }

  Instant instant() throws SQLException {
    return Instant.ofEpochMilli(number());
  }

  <E extends Enum<E>> E oneOf(Class<E> type) throws SQLException {
    return Enum.valueOf(type, text());
  }

  /** Whether the next column holds nothing; the column stays the next one. */
  boolean nextIsNull() throws SQLException {
    return result.getObject(column + 1) == null;
  }
}
