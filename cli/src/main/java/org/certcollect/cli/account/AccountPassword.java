package org.certcollect.cli.account;

import java.util.Optional;
import org.certcollect.admin.AccountAdministration;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "password",
    description =
        "Change an account's password. If none is given, one is generated and printed once.")
public final class AccountPassword extends StoreVerb {
  @Mixin private final LoginParameter login = new LoginParameter();
  @Mixin private final PasswordOptions passwords = new PasswordOptions();
  private Optional<String> given = Optional.empty();

  public AccountPassword(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void prepare() {
    given = passwords.read(shell());
  }

  @Override
  protected void run(Store store) {
    AccountAdministration.Changed changed =
        new AccountAdministration(store, shell().actor()).changePassword(login.login(), given);
    Account account = changed.account();
    Fields once = new Fields();
    changed.password().ifPresent(made -> once.add("password", made));
    done(
        "account %s has a new password".formatted(account.login()),
        AccountFields.of(account),
        once);
  }
}
