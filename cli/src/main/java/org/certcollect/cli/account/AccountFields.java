package org.certcollect.cli.account;

import java.util.List;
import java.util.Locale;
import org.certcollect.cli.output.Fields;
import org.certcollect.store.Account;
import org.certcollect.store.domain.Product;

/** What is printed of an account. */
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
    return account.products().stream()
        .sorted()
        .map(Product::name)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .toList();
  }

  static String capabilities(Account account) {
    return account.products().isEmpty()
        ? "account %s may collect nothing".formatted(account.login())
        : "account %s may collect %s"
            .formatted(account.login(), String.join(" and ", products(account)));
  }
}
