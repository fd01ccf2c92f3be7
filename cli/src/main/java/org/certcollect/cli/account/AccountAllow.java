package org.certcollect.cli.account;

import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verb {@code account allow}. */
@Command(name = "allow", description = "Enable an account for more products.")
public final class AccountAllow extends StoreVerb {
  @Mixin private final LoginParameter login = new LoginParameter();
  @Mixin private final ProductOptions products = new ProductOptions();

  public AccountAllow(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void prepare() {
    products.requireOne();
  }

  @Override
  protected void run(Store store) {
    Account account = store.accounts().allow(login.login(), products.products(), shell().actor());
    done(AccountFields.capabilities(account), AccountFields.of(account));
  }
}
