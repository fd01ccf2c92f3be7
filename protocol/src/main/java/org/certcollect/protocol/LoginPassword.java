package org.certcollect.protocol;

/**
 * The password of an account, as a caller sent it. Its {@code toString} shows nothing of it.
 *
 * @param value 1 to 128 characters (Unicode code points), case-sensitive
 */
public record LoginPassword(String value) {
  /** The most characters it may have. */
  public static final int MAX_LENGTH = 128;

  public LoginPassword {
    Text.requireLength("loginPassword", value, MAX_LENGTH);
  }

  @Override
  public String toString() {
    return "LoginPassword[masked]";
  }
}
