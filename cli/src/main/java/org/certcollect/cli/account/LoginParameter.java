package org.certcollect.cli.account;

import picocli.CommandLine.Parameters;

/** The positional parameter that names an account. */
final class LoginParameter {
  @Parameters(paramLabel = "LOGIN", description = "Login of the account, case-sensitive.")
  private String login = "";

  String login() {
    return login;
  }
}
