package org.certcollect.cli.account;

import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import picocli.CommandLine.Mixin;

/** The verbs {@code account enable} and {@code account disable}. */
public final class AccountSwitch extends StoreVerb {
  private final boolean enabled;
  @Mixin private final LoginParameter login = new LoginParameter();

  public AccountSwitch(Shell shell, boolean enabled) {
    super(shell, Stores.Use.CHANGE);
    this.enabled = enabled;
  }

  @Override
  protected void run(Store store) {
    Account account = store.accounts().setEnabled(login.login(), enabled, shell().actor());
    done(
        "account %s is %s".formatted(account.login(), enabled ? "enabled" : "disabled"),
        AccountFields.of(account));
  }
}
