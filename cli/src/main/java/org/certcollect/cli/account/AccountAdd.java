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
    name = "add",
    description = "Add an account. If no password is given, one is generated and printed once.")
public final class AccountAdd extends StoreVerb {
  @Mixin private final LoginParameter login = new LoginParameter();
  @Mixin private final ProductOptions products = new ProductOptions();
  @Mixin private final PasswordOptions passwords = new PasswordOptions();
  private Optional<String> given = Optional.empty();

  public AccountAdd(Shell shell) {
    super(shell, Stores.Use.CREATE);
  }

  @Override
  protected void prepare() {
    given = passwords.read(shell());
  }

  @Override
  protected void run(Store store) {
    AccountAdministration.Changed changed =
        new AccountAdministration(store, shell().actor())
            .add(login.login(), given, products.products());
    Account account = changed.account();
    Fields once = new Fields();
    changed.password().ifPresent(made -> once.add("password", made));
    done("account %s is added".formatted(account.login()), AccountFields.of(account), once);
    if (account.products().isEmpty()) {
      output()
          .note(
              "The account may collect nothing yet: run `certcollect account allow %s --ssl --ccc`."
                  .formatted(account.login()));
    }
  }
}
