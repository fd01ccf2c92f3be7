package org.certcollect.cli.account;

import java.util.ArrayList;
import java.util.List;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;

@Command(name = "list", description = "List the accounts by login.")
public final class AccountList extends StoreVerb {
  private static final int PAGE = 1_000;

  public AccountList(Shell shell) {
    super(shell, Stores.Use.READ);
  }

  @Override
  protected void run(Store store) {
    List<Account> accounts = new ArrayList<>();
    List<Account> page = store.accounts().list("", PAGE);
    while (!page.isEmpty()) {
      accounts.addAll(page);
      page = store.accounts().list(page.get(page.size() - 1).login(), PAGE);
    }
    output().records(accounts.stream().map(AccountFields::of).toList(), json());
  }
}
