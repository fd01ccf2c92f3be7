package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.certcollect.store.Account;
import org.certcollect.store.Accounts;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OldPassword;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Text;
import org.certcollect.store.transfer.EventRecord;

/** The accounts of a store. Safe for use by many threads. */
public record JdbcAccounts(Database database, Clock clock) implements Accounts {
  private static final String UPDATE =
      """
      UPDATE account SET password_hash = ?, ssl = ?, ccc = ?, enabled = ?, version = version + 1,
        old_password_hash = ?, old_password_until = ?, email = ?, language = ?, no_mail = ?
      WHERE id = ? AND version = ?
      """;

  private static final String RENAME =
      """
      UPDATE account SET login = ?, version = version + 1
      WHERE id = ? AND login = ? AND NOT EXISTS (SELECT 1 FROM account WHERE login = ?)
      """;

  /** A move names an account by the login that it has now, so that no former one is left there. */
  public static final String RENAME_IN_MOVES =
      "UPDATE event SET detail = ? WHERE action = 'order.move' AND detail = ?";

  /** The highest cost first, in an index of the bcrypt hashes alone. */
  private static final String BCRYPT_COST =
      """
      SELECT substr(password_hash, 5, 2) FROM account WHERE substr(password_hash, 1, 2) = '$2'
      ORDER BY substr(password_hash, 5, 2) DESC LIMIT 1
      """;

  /** The same of former passwords that are still valid. */
  private static final String OLD_BCRYPT_COST =
      """
      SELECT substr(old_password_hash, 5, 2) FROM account
      WHERE substr(old_password_hash, 1, 2) = '$2' AND old_password_until > ?
      ORDER BY substr(old_password_hash, 5, 2) DESC LIMIT 1
      """;

  public static final List<String> BCRYPT_COSTS = List.of(BCRYPT_COST, OLD_BCRYPT_COST);

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
  public Account require(String login) {
    return find(login).orElseThrow(() -> Refusals.unknownAccount(login));
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
        enabled ? "account.enable" : "account.disable",
        account -> Optional.of(account.enabled() ? "enabled" : "disabled"),
        old -> with(old, old.passwordHash(), old.products(), enabled, old.oldPassword()));
  }

  @Override
  public Account setPassword(
      String login, PasswordHash passwordHash, Optional<Instant> keepOldUntil, Actor by) {
    return changePasswords(
        login,
        by,
        "account.password",
        account -> account.oldPassword().map(old -> "old one until " + old.until()),
        old -> passwordHash,
        old -> keepOldUntil.map(until -> new OldPassword(old.passwordHash(), until)));
  }

  @Override
  public Account endOldPassword(String login, Actor by) {
    return changePasswords(
        login,
        by,
        "account.end-old-password",
        account -> Optional.empty(),
        Account::passwordHash,
        old -> Optional.empty());
  }

  @Override
  public int highestBcryptCost() {
    return database.read(
        session -> {
          long now = session.first(BCRYPT_COST, Row::number).orElse(0L);
          long former = session.first(OLD_BCRYPT_COST, Row::number, clock.instant()).orElse(0L);
          return (int) Math.max(now, former);
        });
  }

  @Override
  public Account rehash(String login, PasswordHash old, PasswordHash better, Actor by) {
    return changePasswords(
        login,
        by,
        "account.rehash",
        account -> Optional.of((account.passwordHashes().contains(old) ? old : better).digest()),
        account -> account.passwordHash().equals(old) ? better : account.passwordHash(),
        account ->
            account
                .oldPassword()
                .map(
                    kept ->
                        kept.hash().equals(old) ? new OldPassword(better, kept.until()) : kept));
  }

  private Account changePasswords(
      String login,
      Actor by,
      String action,
      Function<Account, Optional<String>> state,
      Function<Account, PasswordHash> present,
      Function<Account, Optional<OldPassword>> former) {
    return change(
        login,
        by,
        action,
        state,
        old -> with(old, present.apply(old), old.products(), old.enabled(), former.apply(old)));
  }

  @Override
  public Account rename(String login, String newLogin, Actor by) {
    checkLogin(newLogin);
    return database.change(
        session -> {
          Account old = require(session, login);
          while (!rename(session, old.id(), login, newLogin)) {
            if (AccountRow.find(session, newLogin).isPresent()) {
              throw Refusals.accountExists(newLogin);
            }
            // Another rename of the account was first.
            old = require(session, login);
          }
          EventRecord event =
              EventRecord.of(clock.instant(), by, "account.rename")
                  .detail(Optional.of("from " + login));
          EventRow.insert(session, OptionalLong.of(old.id()), OptionalLong.empty(), event);
          return AccountRow.find(session, newLogin).orElseThrow();
        });
  }

  private static Account require(Session session, String login) throws SQLException {
    return AccountRow.find(session, login).orElseThrow(() -> Refusals.unknownAccount(login));
  }

  /** Whether the account had the former login, and the other one was free and is now its login. */
  static boolean rename(Session session, long id, String former, String login) throws SQLException {
    boolean isRenamed = session.update(RENAME, login, id, former, login) == 1;
    if (isRenamed) {
      session.update(RENAME_IN_MOVES, movedFrom(login), movedFrom(former));
    }
    return isRenamed;
  }

  /** The detail of the event of a move. */
  static String movedFrom(String login) {
    return "from " + login;
  }

  @Override
  public Account setContact(String login, UnaryOperator<MailContact> change, Actor by) {
    return change(
        login,
        by,
        "account.contact",
        account -> Optional.empty(),
        old ->
            new Account(
                old.id(),
                old.login(),
                old.passwordHash(),
                old.products(),
                old.enabled(),
                old.version(),
                old.created(),
                old.oldPassword(),
                change.apply(old.contact())));
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
        action,
        account -> Optional.of(AccountRow.productText(account.products())),
        old -> {
          Set<Product> held = EnumSet.noneOf(Product.class);
          held.addAll(old.products());
          change.accept(held);
          return with(old, old.passwordHash(), held, old.enabled(), old.oldPassword());
        });
  }

  private Account insert(
      Session session, String login, PasswordHash passwordHash, Set<Product> products, Actor by)
      throws SQLException {
    Instant now = clock.instant();
    long id =
        AccountRow.insert(
                session,
                login,
                passwordHash,
                products,
                true,
                now,
                Optional.empty(),
                MailContact.NONE)
            .orElseThrow(() -> Refusals.accountExists(login));
    EventRecord event = EventRecord.of(now, by, "account.add").to(AccountRow.productText(products));
    EventRow.insert(session, OptionalLong.of(id), OptionalLong.empty(), event);
    return new Account(id, login, passwordHash, products, true, 1, now);
  }

  /**
   * Changes an account.
   *
   * @param state the part of the account that changes, as the event shows it
   */
  private Account change(
      String login,
      Actor by,
      String action,
      Function<Account, Optional<String>> state,
      UnaryOperator<Account> change) {
    return database.change(
        session -> {
          while (true) {
            Account old = require(session, login);
            Account wanted = change.apply(old);
            if (wanted.equals(old)) {
              return old;
            }
            if (update(session, wanted)) {
              EventRecord event =
                  new EventRecord(
                      clock.instant(),
                      by,
                      action,
                      state.apply(old),
                      state.apply(wanted),
                      // Not as a state: an anonymous account loses the details alone.
                      wanted.contact().equals(old.contact())
                          ? Optional.empty()
                          : wanted.contact().text());
              EventRow.insert(session, OptionalLong.of(old.id()), OptionalLong.empty(), event);
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
            wanted.oldPassword().map(old -> old.hash().phc()),
            wanted.oldPassword().map(OldPassword::until),
            wanted.contact().email().map(MailAddress::value),
            wanted.contact().language(),
            wanted.contact().optedOut(),
            wanted.id(),
            wanted.version())
        == 1;
  }

  private static Account with(
      Account old,
      PasswordHash passwordHash,
      Set<Product> products,
      boolean enabled,
      Optional<OldPassword> oldPassword) {
    return new Account(
        old.id(),
        old.login(),
        passwordHash,
        products,
        enabled,
        old.version(),
        old.created(),
        oldPassword,
        old.contact());
  }

  private static void checkLogin(String login) {
    if (!Account.isLogin(login) || !Text.isStorable(login)) {
      throw Refusals.badLogin(login);
    }
  }
}
