package org.certcollect.cli.account;

import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verb {@code account deny}. */
@Command(name = "deny", description = "Disable an account for products.")
public final class AccountDeny extends StoreVerb {
  @Mixin private final LoginParameter login = new LoginParameter();
  @Mixin private final ProductOptions products = new ProductOptions();

  public AccountDeny(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void prepare() {
    products.requireOne();
  }

  @Override
  protected void run(Store store) {
    Account account = store.accounts().deny(login.login(), products.products(), shell().actor());
    done(AccountFields.capabilities(account), AccountFields.of(account));
  }
}
