package org.certcollect.protocol;

import java.util.Optional;

/**
 * The password of an account, as a client sent it. Its {@code toString} shows nothing of it.
 *
 * @param value 1 to 128 characters (Unicode code points), case-sensitive
 */
public record LoginPassword(String value) {
  /** The greatest number of characters that a password may have. */
  public static final int MAX_LENGTH = 128;

  public LoginPassword {
    TextLength.require("a password", value, MAX_LENGTH);
  }

  /** The password that a text is; empty if it has too many characters or none. */
  public static Optional<LoginPassword> parse(String text) {
    return TextLength.fits(text, MAX_LENGTH)
        ? Optional.of(new LoginPassword(text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "LoginPassword[masked]";
  }
}
