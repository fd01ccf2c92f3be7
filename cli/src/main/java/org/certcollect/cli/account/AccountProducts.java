package org.certcollect.cli.account;

import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import picocli.CommandLine.Mixin;

/** The verbs {@code account allow} and {@code account deny}. */
public final class AccountProducts extends StoreVerb {
  private final boolean allow;
  @Mixin private final LoginParameter login = new LoginParameter();
  @Mixin private final ProductOptions products = new ProductOptions();

  public AccountProducts(Shell shell, boolean allow) {
    super(shell, Stores.Use.CHANGE);
    this.allow = allow;
  }

  @Override
  protected void prepare() {
    products.requireOne();
  }

  @Override
  protected void run(Store store) {
    Account account =
        allow
            ? store.accounts().allow(login.login(), products.products(), shell().actor())
            : store.accounts().deny(login.login(), products.products(), shell().actor());
    done(AccountFields.capabilities(account), AccountFields.of(account));
  }
}
