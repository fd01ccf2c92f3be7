package org.certcollect.cli.account;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.admin.AccountAdministration;
import org.certcollect.admin.AccountAdministration.Hashed;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.admin.view.Fields;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Texts;
import org.certcollect.cli.transfer.Progress;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ConfirmedVerb;
import org.certcollect.cli.verb.ContactOptions;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.Product;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs of {@code account}, with what they share. */
public final class AccountVerbs {
  private AccountVerbs() {}

  /** A verb that gives an account a password. A generated one is printed. */
  private abstract static class PasswordVerb extends StoreVerb {
    @Mixin final LoginParameter login = new LoginParameter();
    @Mixin private final PasswordOptions passwords = new PasswordOptions();
    Optional<AccountAdministration.Given> given = Optional.empty();

    PasswordVerb(Shell shell, Stores.Use use) {
      super(shell, use);
    }

    @Override
    protected void prepare() {
      given = passwords.read(shell());
    }

    final AccountAdministration accounts(Store store) {
      return new AccountAdministration(store, shell().actor(), new PasswordHasher());
    }

    final void done(AccountAdministration.Changed changed, String result) {
      done(
          "account " + changed.account().login() + result,
          view(changed.account()),
          new Fields().addPresent("password", changed.password()));
    }
  }

  @Command(
      name = "add",
      description = "Add an account. If no password is given, one is generated and printed once.")
  public static final class AccountAdd extends PasswordVerb {
    @Mixin private final ProductOptions products = new ProductOptions();
    @Mixin private final ContactOptions contact = new ContactOptions();

    public AccountAdd(Shell shell) {
      super(shell, Stores.Use.CREATE);
    }

    @Override
    protected void run(Store store) {
      AccountAdministration accounts = accounts(store);
      MailContact people = contact.change().apply(MailContact.NONE);
      done(
          accounts.add(login.login(), accounts.hash(given), products.products(), people),
          " is added");
      if (products.products().isEmpty()) {
        output()
            .note(
                "The account may collect nothing yet: run `certcollect account allow %s --ssl --ccc`."
                    .formatted(login.login()));
      }
    }
  }

  @Command(
      name = "change",
      description = "Change where and how e-mails about an account's orders are sent.")
  public static final class AccountChange extends StoreVerb {
    @Mixin private final LoginParameter login = new LoginParameter();
    @Mixin private final ContactOptions contact = new ContactOptions();

    public AccountChange(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void prepare() {
      contact.requireOne();
    }

    @Override
    protected void run(Store store) {
      Account account =
          store.accounts().setContact(login.login(), contact.change(), shell().actor());
      done("account %s is changed".formatted(account.login()), view(account));
      contact.advice("account " + account.login(), account.contact()).ifPresent(output()::note);
    }
  }

  @Command(name = "list", description = "List the accounts by login.")
  public static final class AccountList extends StoreVerb {
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
      output().list(accounts.stream().map(this::view).toList(), json(), "There are no accounts.");
    }
  }

  @Command(name = "show", description = "Show an account and its history.")
  public static final class AccountShow extends StoreVerb {
    @Mixin private final LoginParameter login = new LoginParameter();

    public AccountShow(Shell shell) {
      super(shell, Stores.Use.READ);
    }

    @Override
    protected void run(Store store) {
      Account account = store.accounts().require(login.login());
      List<Fields> events =
          store.events().ofAccount(account.login()).stream().map(RecordFields::of).toList();
      Optional<String> push =
          store.pushes().find(account.id()).map(settings -> settings.url().origin());
      output().record(view(account).addPresent("push", push).add("events", events), json());
    }
  }

  @Command(name = "enable", description = "Let an account log in again.")
  public static final class AccountEnable extends StoreVerb {
    @Mixin private final LoginParameter login = new LoginParameter();

    public AccountEnable(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void run(Store store) {
      Account account = store.accounts().setEnabled(login.login(), true, shell().actor());
      done("account %s is enabled".formatted(account.login()), view(account));
    }
  }

  @Command(name = "disable", description = "Refuse an account's logins, from the next request on.")
  public static final class AccountDisable extends ConfirmedVerb {
    @Mixin private final LoginParameter login = new LoginParameter();

    public AccountDisable(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected String question(Store store) {
      return "Disable account %s? Its logins are refused from the next request on."
          .formatted(login.login());
    }

    @Override
    protected Change change(Store store) {
      Account account = store.accounts().setEnabled(login.login(), false, shell().actor());
      return new Change("account %s is disabled".formatted(account.login()), view(account));
    }
  }

  @Command(
      name = "rename",
      description =
          "Give an account another login. The former one is unknown from the next request on.")
  public static final class AccountRename extends StoreVerb {
    @Mixin private final LoginParameter login = new LoginParameter();

    @Parameters(paramLabel = "NEW", description = "New login, 1 to 64 characters.")
    private String newLogin = "";

    public AccountRename(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void run(Store store) {
      Account account = store.accounts().rename(login.login(), newLogin, shell().actor());
      done("account %s is now %s".formatted(login.login(), account.login()), view(account));
    }
  }

  @Command(
      name = "anonymise",
      description = {
        "Make a disabled account anonymous: remove its login and password, and the references,"
            + " notes, reasons, requests and validation details of its orders.",
        "Orders and certificates stay; certcollect prune deletes them."
      })
  public static final class AccountAnonymise extends ConfirmedVerb {
    @Mixin private final LoginParameter login = new LoginParameter();

    public AccountAnonymise(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected String question(Store store) {
      return ("Make account %s anonymous, and clear the remarks and requests of %s? Only a backup"
              + " can bring them back.")
          .formatted(login.login(), orders(store));
    }

    @Override
    protected Change rehearse(Store store) {
      return new Change(
          "account %s is anonymous, with %s".formatted(login.login(), orders(store)),
          view(store.accounts().require(login.login())));
    }

    private String orders(Store store) {
      return Texts.count(store.retention().countOrders(login.login()), "order");
    }

    @Override
    protected Change change(Store store) {
      Progress progress =
          new Progress(shell().surroundings().err(), shell().surroundings().terminal());
      Account account =
          new AccountAdministration(store, shell().actor(), new PasswordHasher())
              .anonymise(
                  login.login(), done -> progress.show(() -> Texts.count(done, "order") + " done"));
      progress.pause();
      return new Change(
          "account %s is now %s".formatted(login.login(), account.login()), view(account));
    }
  }

  public static final class AccountProducts extends StoreVerb {
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
      String words =
          account.products().stream().sorted().map(EnumWords::of).collect(joining(" and "));
      done(
          "account %s may collect %s"
              .formatted(account.login(), words.isEmpty() ? "nothing" : words),
          view(account));
    }
  }

  @Command(
      name = "password",
      description =
          "Change an account's password. If none is given, one is generated and printed once.")
  public static final class AccountPassword extends PasswordVerb {
    private static final Duration MAX_KEEP = Duration.ofDays(366);

    @Option(
        names = "--keep-old-for",
        paramLabel = "TIME",
        description =
            "Time for which the present password is valid beside the new one, for example 7d.")
    private Optional<Duration> keepOldFor = Optional.empty();

    @Option(
        names = "--end-old",
        description = "Change no password, but end the time that --keep-old-for gave.")
    private boolean endOld;

    public AccountPassword(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void prepare() {
      super.prepare();
      if (endOld && (given.isPresent() || keepOldFor.isPresent())) {
        throw CommandException.usage("--end-old changes no password: give it alone");
      }
      if (keepOldFor.filter(time -> time.compareTo(MAX_KEEP) > 0).isPresent()) {
        throw CommandException.usage("--keep-old-for must be at most " + MAX_KEEP.toDays() + "d");
      }
    }

    @Override
    protected void run(Store store) {
      if (endOld) {
        Account account = store.accounts().endOldPassword(login.login(), shell().actor());
        done("account %s has one password".formatted(account.login()), view(account));
        return;
      }
      Optional<Instant> until =
          keepOldFor.map(shell().clock().instant().truncatedTo(ChronoUnit.SECONDS)::plus);
      AccountAdministration accounts = accounts(store);
      Hashed password =
          until.isPresent() ? accounts.hashBeside(login.login(), given) : accounts.hash(given);
      done(
          accounts.changePassword(login.login(), password, until),
          " has a new password"
              + until.map(end -> "; the old one is valid until " + end).orElse(""));
    }
  }

  static final class LoginParameter {
    @Parameters(paramLabel = "LOGIN", description = "Login of the account, case-sensitive.")
    private String login = "";

    String login() {
      return login;
    }
  }

  static final class ProductOptions {
    @Option(names = "--ssl", description = "Server certificates, collected by CollectSSL.")
    private boolean ssl;

    @Option(names = "--ccc", description = "Client certificates, collected by CollectCCC.")
    private boolean ccc;

    Set<Product> products() {
      Set<Product> products = EnumSet.noneOf(Product.class);
      if (ssl) {
        products.add(Product.SSL);
      }
      if (ccc) {
        products.add(Product.CCC);
      }
      return products;
    }

    void requireOne() {
      if (products().isEmpty()) {
        throw CommandException.usage("no product is given: give --ssl, --ccc, or both");
      }
    }
  }
}
