package org.certcollect.store.domain;

import java.util.Optional;

/**
 * The texts that an operator keeps with an order; clients never see them.
 *
 * @param reference the order's name in another system, for example a ticket; 1 to 128 characters
 * @param note any text of 1 to 2000 characters
 */
public record OrderRemarks(Optional<String> reference, Optional<String> note) {
  public static final int MAX_REFERENCE = 128;
  public static final int MAX_NOTE = 2000;

  /** No remarks. */
  public static final OrderRemarks NONE = new OrderRemarks(Optional.empty(), Optional.empty());

  public OrderRemarks {
    require("reference", reference, MAX_REFERENCE);
    require("note", note, MAX_NOTE);
  }

  private static void require(String name, Optional<String> text, int max) {
    int length = text.map(there -> there.codePointCount(0, there.length())).orElse(1);
    if (length < 1 || length > max) {
      throw new IllegalArgumentException(name + " must have 1 to " + max + " characters");
    }
  }
}
