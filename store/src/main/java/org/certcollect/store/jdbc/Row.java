package org.certcollect.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One row of a result, read by the names of its columns. The methods without a name read the first
 * column, for statements that return one. Not safe for use by many threads.
 */
public final class Row {
  /** A function from one row to a value. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  /** The maximum number of cached statements. There are fewer unless they are made at random. */
  private static final int MAX_STATEMENTS = 1_000;

  private final ResultSet result;
  private final Map<String, Integer> indexes;

  private Row(ResultSet result, Map<String, Integer> indexes) {
    this.result = result;
    this.indexes = indexes;
  }

  /**
   * Creates a row of a result.
   *
   * @param known the indexes of the columns of each statement whose result was read before, for
   *     drivers search a name in every result anew
   */
  static Row of(ResultSet result, String sql, Map<String, Map<String, Integer>> known)
      throws SQLException {
    Map<String, Integer> indexes = known.get(sql);
    if (indexes == null) {
      indexes = new HashMap<>();
      for (int index = 1; index <= result.getMetaData().getColumnCount(); index++) {
        indexes.put(result.getMetaData().getColumnLabel(index), index);
      }
      if (known.size() < MAX_STATEMENTS) {
        known.put(sql, indexes);
      }
    }
    return new Row(result, indexes);
  }

  public long number() throws SQLException {
    return result.getLong(1);
  }

  public String text() throws SQLException {
    return result.getString(1);
  }

  public byte[] bytes() throws SQLException {
    return result.getBytes(1);
  }

  public long number(String column) throws SQLException {
    return result.getLong(index(column));
  }

  public OptionalLong optionalNumber(String column) throws SQLException {
    long value = number(column);
    return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  public boolean flag(String column) throws SQLException {
    return number(column) != 0;
  }

  public String text(String column) throws SQLException {
    return result.getString(index(column));
  }

  public Optional<String> optionalText(String column) throws SQLException {
    return Optional.ofNullable(text(column));
  }

  public byte[] bytes(String column) throws SQLException {
    return result.getBytes(index(column));
  }

  public Instant instant(String column) throws SQLException {
    return Instant.ofEpochMilli(number(column));
  }

  public Optional<Instant> optionalInstant(String column) throws SQLException {
    Instant value = instant(column);
    return result.wasNull() ? Optional.empty() : Optional.of(value);
  }

  public <E extends Enum<E>> E oneOf(Class<E> type, String column) throws SQLException {
    return Enum.valueOf(type, text(column));
  }

  private int index(String column) {
    Integer index = indexes.get(column);
    if (index == null) {
      throw new IllegalArgumentException("the statement does not select " + column);
    }
    return index;
  }
}
