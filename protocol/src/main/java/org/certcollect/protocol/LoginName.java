package org.certcollect.protocol;

/**
 * The user name of an account, as a caller sent it.
 *
 * @param value 1 to 64 characters (Unicode code points), case-sensitive
 */
public record LoginName(String value) {
  /** The most characters it may have. */
  public static final int MAX_LENGTH = 64;

  public LoginName {
    Text.requireLength("loginName", value, MAX_LENGTH);
  }

  /** Masked: a caller may have put a password in its place. */
  @Override
  public String toString() {
    return "LoginName[masked]";
  }
}
