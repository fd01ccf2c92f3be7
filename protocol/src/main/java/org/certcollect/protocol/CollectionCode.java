package org.certcollect.protocol;

import java.util.Optional;

/**
 * The code with which a person collects a client certificate without a login. Its {@code toString}
 * shows nothing of it.
 *
 * @param value 1 to 16 characters (Unicode code points), case-sensitive
 */
public record CollectionCode(String value) implements OrderClaim {
  private static final int MAX_LENGTH = 16;

  public CollectionCode {
    TextLength.require("a collection code", value, MAX_LENGTH);
  }

  /** The code that a text is; empty if it has too many characters or none. */
  public static Optional<CollectionCode> parse(String text) {
    return TextLength.fits(text, MAX_LENGTH)
        ? Optional.of(new CollectionCode(text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "CollectionCode[masked]";
  }
}
