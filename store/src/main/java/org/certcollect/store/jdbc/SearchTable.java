package org.certcollect.store.jdbc;

import java.util.List;

/**
 * The SQL about the table of search terms in a kind of database: statements that have the term as
 * their first parameter and the order's number as their second one, and parts of queries that have
 * the term alone.
 */
public enum SearchTable {
  /** One table for all orders, along the term. */
  WHOLE(
      "INSERT INTO search_term (term, order_number) VALUES (?, ?) ON CONFLICT DO NOTHING",
      "DELETE FROM search_term WHERE term = ? AND order_number = ?",
      "search_term t WHERE t.term = ?",
      "search_term t WHERE t.term = ? AND t.order_number = o.number",
      "t.order_number"),

  /**
   * A table in parts of neighbouring orders, each of them along the term, so that an import changes
   * few pages of it. The part of an order is the last one that begins at its number or before.
   */
  IN_PARTS(
      """
      INSERT INTO search_term (part, term, order_number)
      VALUES ((SELECT MAX(first_number) FROM search_part WHERE first_number <= ?2), ?1, ?2)
      ON CONFLICT DO NOTHING
      """,
      """
      DELETE FROM search_term
      WHERE part = (SELECT MAX(first_number) FROM search_part WHERE first_number <= ?2)
        AND term = ?1 AND order_number = ?2
      """,
      // An order that has moved to a later part may have left a term that it has no longer.
      "search_part p CROSS JOIN search_term t WHERE t.part = p.first_number AND t.order_number <="
          + " COALESCE((SELECT MIN(q.first_number) - 1 FROM search_part q"
          + " WHERE q.first_number > p.first_number), 9223372036854775807) AND t.term = ?",
      "search_term t WHERE t.part ="
          + " (SELECT MAX(p.first_number) FROM search_part p WHERE p.first_number <= o.number)"
          + " AND t.term = ? AND t.order_number = o.number",
      "p.first_number, t.order_number");

  private static final String MOVE_POSTPONED =
      """
      INSERT OR IGNORE INTO search_term (part, term, order_number)
      SELECT (SELECT MAX(first_number) FROM search_part WHERE first_number <= p.order_number),
        t.value, p.order_number
      FROM postponed_term p, json_each(p.terms) t WHERE p.order_number = ?
      """;
  private static final String DELETE_POSTPONED =
      "DELETE FROM postponed_term WHERE order_number = ?";

  private final String insert;
  private final String delete;
  private final String ofTerm;
  private final String ofOrder;
  private final String byNumber;

  SearchTable(String insert, String delete, String ofTerm, String ofOrder, String byNumber) {
    this.insert = insert;
    this.delete = delete;
    this.ofTerm = ofTerm;
    this.ofOrder = ofOrder;
    this.byNumber = byNumber;
  }

  /** The statement that inserts a term of an order, unless it is there. */
  public String insert() {
    return insert;
  }

  /**
   * The statements that bring an order's postponed terms into the table, before any of them is
   * deleted. They have the order's number as their only parameter.
   */
  public List<String> beforeDelete() {
    return this == IN_PARTS ? List.of(MOVE_POSTPONED, DELETE_POSTPONED) : List.of();
  }

  /** The statement that deletes a term of an order. */
  public String delete() {
    return delete;
  }

  /** The rows of a term: tables and conditions, in which {@code t.order_number} is the order. */
  public String ofTerm() {
    return ofTerm;
  }

  /** The row of a term for the order {@code o}: tables and conditions. */
  public String ofOrder() {
    return ofOrder;
  }

  /** The columns that sort the rows of a term by the number of the order, along the index. */
  public String byNumber() {
    return byNumber;
  }
}
