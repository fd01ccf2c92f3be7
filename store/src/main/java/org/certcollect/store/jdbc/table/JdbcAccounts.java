package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.certcollect.store.Account;
import org.certcollect.store.Accounts;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Text;
import org.certcollect.store.jdbc.Timestamps;
import org.certcollect.store.jdbc.table.EventLog.Entry;

/** The accounts of a store. Safe for use by many threads. */
final class JdbcAccounts implements Accounts {
  private static final String UPDATE =
      """
      UPDATE account SET password_hash = ?, ssl = ?, ccc = ?, enabled = ?, version = version + 1
      WHERE id = ? AND version = ?
      """;

  private final Database database;
  private final Clock clock;

  JdbcAccounts(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Account add(String login, PasswordHash passwordHash, Set<Product> products, Actor by) {
    checkLogin(login);
    return database.change(session -> insert(session, login, passwordHash, products, by));
  }

  @Override
  public Optional<Account> find(String login) {
    return database.read(session -> AccountRow.find(session, login));
  }

  @Override
  public List<Account> list(String after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one account");
    }
    return database.read(session -> session.list(AccountRow.PAGE, AccountRow::read, after, limit));
  }

  @Override
  public Account setEnabled(String login, boolean enabled, Actor by) {
    return change(
        login,
        by,
        old -> with(old, old.passwordHash(), old.products(), enabled),
        (old, now) ->
            Entry.of(enabled ? "account.enable" : "account.disable")
                .from(switchText(old))
                .to(switchText(now)));
  }

  @Override
  public Account setPassword(String login, PasswordHash passwordHash, Actor by) {
    return change(
        login,
        by,
        old -> with(old, passwordHash, old.products(), old.enabled()),
        (old, now) -> Entry.of("account.password"));
  }

  @Override
  public Account allow(String login, Set<Product> products, Actor by) {
    return changeProducts(login, by, "account.allow", held -> held.addAll(products));
  }

  @Override
  public Account deny(String login, Set<Product> products, Actor by) {
    return changeProducts(login, by, "account.deny", held -> held.removeAll(products));
  }

  private Account changeProducts(
      String login, Actor by, String action, Consumer<Set<Product>> change) {
    return change(
        login,
        by,
        old -> {
          Set<Product> held = EnumSet.noneOf(Product.class);
          held.addAll(old.products());
          change.accept(held);
          return with(old, old.passwordHash(), held, old.enabled());
        },
        (old, now) -> Entry.of(action).from(productText(old)).to(productText(now)));
  }

  private Account insert(
      Session session, String login, PasswordHash passwordHash, Set<Product> products, Actor by)
      throws SQLException {
    Instant now = Timestamps.now(clock);
    Account account = new Account(0, login, passwordHash, products, true, 1, now);
    long id =
        AccountRow.insert(session, login, passwordHash, products, true, now)
            .orElseThrow(() -> Refusals.accountExists(login));
    new EventLog(session, by, now).ofAccount(id, Entry.of("account.add").to(productText(account)));
    return new Account(id, login, passwordHash, products, true, 1, now);
  }

  private Account change(
      String login,
      Actor by,
      UnaryOperator<Account> change,
      BiFunction<Account, Account, Entry> entry) {
    return database.change(
        session -> {
          while (true) {
            Account old =
                AccountRow.find(session, login).orElseThrow(() -> Refusals.unknownAccount(login));
            Account wanted = change.apply(old);
            if (wanted.equals(old)) {
              return old;
            }
            if (update(session, wanted)) {
              new EventLog(session, by, Timestamps.now(clock))
                  .ofAccount(old.id(), entry.apply(old, wanted));
              return AccountRow.find(session, login).orElseThrow();
            }
          }
        });
  }

  /** Whether the row was still the one that was read. */
  private static boolean update(Session session, Account wanted) throws SQLException {
    return session.update(
            UPDATE,
            wanted.passwordHash().phc(),
            wanted.products().contains(Product.SSL),
            wanted.products().contains(Product.CCC),
            wanted.enabled(),
            wanted.id(),
            wanted.version())
        == 1;
  }

  private static Account with(
      Account old, PasswordHash passwordHash, Set<Product> products, boolean enabled) {
    return new Account(
        old.id(), old.login(), passwordHash, products, enabled, old.version(), old.created());
  }

  private static String switchText(Account account) {
    return account.enabled() ? "enabled" : "disabled";
  }

  private static String productText(Account account) {
    return account.products().stream().sorted().map(Enum::name).collect(Collectors.joining(" "));
  }

  private static void checkLogin(String login) {
    if (!Account.isLogin(login) || !Text.isStorable(login)) {
      throw Refusals.badLogin(login);
    }
  }
}
