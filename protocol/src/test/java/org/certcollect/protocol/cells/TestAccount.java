package org.certcollect.protocol.cells;

/** An account that exists. */
public enum TestAccount {
  /** Owns the orders of most situations. */
  RESELLER("Reseller.Inc", "Right-Password-1"),
  /** Owns orders that other accounts ask for. */
  NEIGHBOUR("neighbour", "Right-Password-2"),
  /** Its password is guessed at. */
  GUESSED("guessed", "Right-Password-3"),
  /** Disabled, but otherwise valid. */
  DISABLED("disabled", "Right-Password-4"),
  /** Enabled for neither endpoint. */
  NOT_ENABLED("not-enabled", "Right-Password-5"),
  /** Its password looks like broken percent-encoding. */
  PERCENT("percent", "100%-sure%zz%4"),
  /** Its password has letters beyond ASCII. */
  UMLAUT("umlaut", "P\u00e4ssw\u00f6rter-\u00fcben"),
  /** Its password begins and ends with a blank. */
  BLANK("blank", " Right Password 6 "),
  /** Its login and password have the maximum length. */
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

  /** Whether it is disabled. */
  public boolean isDisabled() {
    return this == DISABLED;
  }

  /** Whether it may use the endpoints: both or none. */
  public boolean isEnabledForEndpoints() {
    return this != NOT_ENABLED;
  }
}
