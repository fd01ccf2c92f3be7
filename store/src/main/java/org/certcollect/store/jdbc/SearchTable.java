package org.certcollect.store.jdbc;

/**
 * The statements about the table of search terms in a kind of database. Each has the term as its
 * first parameter, and the order's number as its second one if it is about one order.
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
      "search_part p CROSS JOIN search_term t WHERE t.part = p.first_number AND t.term = ?",
      "search_term t WHERE t.part ="
          + " (SELECT MAX(p.first_number) FROM search_part p WHERE p.first_number <= o.number)"
          + " AND t.term = ? AND t.order_number = o.number",
      "p.first_number, t.order_number");

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

  /** Inserts a term of an order, unless it is there. */
  public String insert() {
    return insert;
  }

  /** Deletes a term of an order. */
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
