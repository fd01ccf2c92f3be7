package org.certcollect.protocol;

import java.util.List;
import java.util.Optional;

/**
 * The code with which a person collects a client certificate without a login. Its {@code toString}
 * shows nothing of it.
 *
 * @param value 1 to 16 characters (Unicode code points), case-sensitive
 * @param otherwise other spellings that a person may have meant, to be tried in this order
 */
public record CollectionCode(String value, List<String> otherwise) implements OrderClaim {
  private static final int MAX_LENGTH = 16;

  public CollectionCode {
    TextLength.require("a collection code", value, MAX_LENGTH);
    otherwise = List.copyOf(otherwise);
  }

  /** A code that stands for itself alone. */
  public CollectionCode(String value) {
    this(value, List.of());
  }

  /** The code that a text is; empty if it has too many characters or none. */
  public static Optional<CollectionCode> parse(String text) {
    return isOne(text) ? Optional.of(new CollectionCode(text)) : Optional.empty();
  }

  /** Whether a text can be a code. */
  public static boolean isOne(String text) {
    return TextLength.fits(text, MAX_LENGTH);
  }

  @Override
  public String toString() {
    return "CollectionCode[masked]";
  }
}
