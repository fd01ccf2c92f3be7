package org.certcollect.protocol;

import java.util.List;
import java.util.Optional;

/**
 * The code with which a person collects a client certificate without a login. Its {@code toString}
 * shows nothing of it.
 *
 * @param value 1 to 16 characters (Unicode code points), case-sensitive
 * @param otherwise other spellings that a person may have meant, to be tried in this order
 * @param email the e-mail address that a person has given beside the code, in any form and maybe
 *     without a character; empty if none was asked for
 */
public record CollectionCode(String value, List<String> otherwise, Optional<String> email)
    implements OrderClaim {
  private static final int MAX_LENGTH = 16;

  public CollectionCode {
    TextLength.require("a collection code", value, MAX_LENGTH);
    otherwise = List.copyOf(otherwise);
  }

  /** A code that stands for itself alone. */
  public CollectionCode(String value) {
    this(value, List.of(), Optional.empty());
  }

  /** The code that a text is; empty if it has too many characters or none. */
  public static Optional<CollectionCode> parse(String text) {
    return isOne(text) ? Optional.of(new CollectionCode(text)) : Optional.empty();
  }

  /** Whether a text can be a code. */
  public static boolean isOne(String text) {
    return TextLength.fits(text, MAX_LENGTH);
  }

  /** Whether an order may be collected that has an e-mail address, or none. */
  public boolean fits(Optional<String> address) {
    return email.isEmpty() || address.isEmpty() || address.get().equalsIgnoreCase(email.get());
  }

  @Override
  public String toString() {
    return "CollectionCode[masked]";
  }
}
