package org.certcollect.cli.account;

import picocli.CommandLine.Parameters;

/** The account that a verb is about. */
final class LoginParameter {
  @Parameters(paramLabel = "LOGIN", description = "The account's login, case-sensitive.")
  private String login = "";

  String login() {
    return login;
  }
}
