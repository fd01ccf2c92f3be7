package org.certcollect.cli.account;

import java.util.List;
import org.certcollect.admin.EnumWords;
import org.certcollect.cli.output.Fields;
import org.certcollect.store.Account;

/** The printed fields of an account. */
final class AccountFields {
  private AccountFields() {}

  static Fields of(Account account) {
    return new Fields()
        .add("login", account.login())
        .add("enabled", account.enabled())
        .add("products", products(account))
        .add("created", account.created());
  }

  static List<String> products(Account account) {
    return account.products().stream().sorted().map(EnumWords::of).toList();
  }

  static String capabilities(Account account) {
    return account.products().isEmpty()
        ? "account %s may collect nothing".formatted(account.login())
        : "account %s may collect %s"
            .formatted(account.login(), String.join(" and ", products(account)));
  }
}
