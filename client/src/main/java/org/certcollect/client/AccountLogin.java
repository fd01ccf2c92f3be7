package org.certcollect.client;

import org.certcollect.protocol.LoginName;
import org.certcollect.protocol.LoginPassword;

/** The login and password of a reseller's account. Its {@code toString} shows neither. */
public record AccountLogin(LoginName name, LoginPassword password) {
  /**
   * The login of an account.
   *
   * @param name 1 to 64 characters
   * @param password 1 to 128 characters
   * @throws IllegalArgumentException if one of them is empty or too long
   */
  public static AccountLogin of(String name, String password) {
    return new AccountLogin(new LoginName(name), new LoginPassword(password));
  }
}
