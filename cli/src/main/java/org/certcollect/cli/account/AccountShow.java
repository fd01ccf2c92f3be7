package org.certcollect.cli.account;

import java.util.List;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.output.Section;
import org.certcollect.cli.verb.RecordFields;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", description = "Show an account and its history.")
public final class AccountShow extends StoreVerb {
  @Mixin private final LoginParameter login = new LoginParameter();

  public AccountShow(Shell shell) {
    super(shell, Stores.Use.READ);
  }

  @Override
  protected void run(Store store) {
    Account account = account(store, login.login());
    List<Fields> events =
        store.events().ofAccount(account.login()).stream().map(RecordFields::of).toList();
    output().detail(AccountFields.of(account), json(), new Section("events", events));
  }
}
