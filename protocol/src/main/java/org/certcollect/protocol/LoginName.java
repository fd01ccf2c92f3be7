package org.certcollect.protocol;

import java.util.Optional;

/**
 * The login of an account, as a client sent it. Its {@code toString} shows nothing of it: the
 * client may have put a password in its place.
 *
 * @param value 1 to 64 characters (Unicode code points), case-sensitive
 */
public record LoginName(String value) {
  private static final int MAX_LENGTH = 64;

  public LoginName {
    TextLength.require("a login", value, MAX_LENGTH);
  }

  /** The login that a text is; empty if it has too many characters or none. */
  public static Optional<LoginName> parse(String text) {
    return TextLength.fits(text, MAX_LENGTH) ? Optional.of(new LoginName(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return "LoginName[masked]";
  }
}
