package org.certcollect.cli.demo;

import java.util.List;

/** An account of the demo. Its password is public, so that the documentation can show it. */
record DemoAccount(String login, String password) {
  static final DemoAccount DEMO = new DemoAccount("demo", "demo-password");
  static final DemoAccount OTHER = new DemoAccount("other", "other-password");
  static final List<DemoAccount> ALL = List.of(DEMO, OTHER);

  String arguments() {
    return "loginName=%s&loginPassword=%s".formatted(login, password);
  }
}
