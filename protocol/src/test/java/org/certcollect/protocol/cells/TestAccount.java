package org.certcollect.protocol.cells;

/** The accounts that exist. */
public enum TestAccount {
  /** Owns the orders of most situations. */
  RESELLER("Reseller.Inc", "Right-Password-1"),
  /** Owns orders that others ask for. */
  NEIGHBOUR("neighbour", "Right-Password-2"),
  /** Somebody guesses at its password. */
  GUESSED("guessed", "Right-Password-3"),
  /** Disabled, with everything else in order. */
  DISABLED("disabled", "Right-Password-4"),
  /** Enabled for neither endpoint. */
  NOT_ENABLED("not-enabled", "Right-Password-5"),
  /** Its password looks like broken percent-encoding. */
  PERCENT("percent", "100%-sure%zz%4"),
  /** Its password has letters beyond ASCII. */
  UMLAUT("umlaut", "P\u00e4ssw\u00f6rter-\u00fcben"),
  /** Its password begins and ends with a blank. */
  BLANK("blank", " Right Password 6 "),
  /** Its login and password are as long as can be. */
  LONGEST("l".repeat(64), "P".repeat(128));

  private final String login;
  private final String password;

  TestAccount(String login, String password) {
    this.login = login;
    this.password = password;
  }

  public String login() {
    return login;
  }

  public String password() {
    return password;
  }

  /** Whether it is switched off. */
  public boolean isDisabled() {
    return this == DISABLED;
  }

  /** Whether it may use both endpoints; if not, it may use none. */
  public boolean isEnabledForEndpoints() {
    return this != NOT_ENABLED;
  }
}
