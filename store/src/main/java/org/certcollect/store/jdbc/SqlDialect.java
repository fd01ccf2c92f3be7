package org.certcollect.store.jdbc;

/** The SQL in which one kind of database differs from others. */
public interface SqlDialect {
  /**
   * The condition that begins, within the index of orders by a column and the number, where the
   * page before ended.
   *
   * @param column a column of {@code orders o}
   * @param value the value whose orders are listed; the caller excludes greater values itself
   * @return a condition with one parameter after those of the value: the last number of the page
   *     before
   */
  String pageAlong(String column, String value);

  /** The clause of a SELECT that locks rows; empty if only one transaction writes at a time. */
  default String locks(String clause) {
    return "";
  }

  /** The table of search terms. */
  default SearchTable searchTable() {
    return SearchTable.WHOLE;
  }
}
