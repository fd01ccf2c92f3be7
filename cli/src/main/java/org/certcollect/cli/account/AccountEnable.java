package org.certcollect.cli.account;

import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verb {@code account enable}. */
@Command(name = "enable", description = "Let an account log in again.")
public final class AccountEnable extends StoreVerb {
  @Mixin private final LoginParameter login = new LoginParameter();

  public AccountEnable(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void run(Store store) {
    Account account = store.accounts().setEnabled(login.login(), true, shell().actor());
    done("account %s is enabled".formatted(account.login()), AccountFields.of(account));
  }
}
