package org.certcollect.cli.account;

import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verb {@code account disable}. */
@Command(name = "disable", description = "Refuse an account's logins, from the next request on.")
public final class AccountDisable extends StoreVerb {
  @Mixin private final LoginParameter login = new LoginParameter();

  public AccountDisable(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void run(Store store) {
    Account account = store.accounts().setEnabled(login.login(), false, shell().actor());
    done("account %s is disabled".formatted(account.login()), AccountFields.of(account));
  }
}
