package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.certcollect.store.Account;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OldPassword;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Text;

/**
 * The mapping of accounts to their table, {@code account a}. Requests read no address: they need
 * none, and one that is not valid must not keep an account from its certificates.
 */
public final class AccountRow {
  public static final String COLUMNS =
      "a.id, a.login, a.password_hash, a.ssl, a.ccc, a.enabled, a.version, a.created_at,"
          + " a.old_password_hash, a.old_password_until";
  private static final String ALL = "SELECT " + COLUMNS + ", a.email, a.language, a.no_mail";

  /** The accounts with a login after the first argument, at most as many as the second. */
  public static final String PAGE =
      ALL + " FROM account a WHERE a.login > ? ORDER BY a.login LIMIT ?";

  private static final String BY_LOGIN = ALL + " FROM account a WHERE a.login = ?";

  private static final String INSERT =
      Session.insert(
              "account",
              "login, password_hash, ssl, ccc, enabled, version, created_at, old_password_hash,"
                  + " old_password_until, email, language, no_mail")
          + " ON CONFLICT (login) DO NOTHING RETURNING id";

  private AccountRow() {}

  /** Inserts an account and returns its key; empty if there is one of that login. */
  public static Optional<Long> insert(
      Session session,
      String login,
      PasswordHash passwordHash,
      Set<Product> products,
      boolean enabled,
      Instant created,
      Optional<OldPassword> oldPassword,
      MailContact contact)
      throws SQLException {
    return session.first(
        INSERT,
        Row::number,
        login,
        passwordHash.phc(),
        products.contains(Product.SSL),
        products.contains(Product.CCC),
        enabled,
        1,
        created,
        oldPassword.map(old -> old.hash().phc()),
        oldPassword.map(OldPassword::until),
        contact.email().map(MailAddress::value),
        contact.language(),
        contact.optedOut());
  }

  public static Optional<Account> find(Session session, String login) throws SQLException {
    return Text.isStorable(login)
        ? session.first(BY_LOGIN, AccountRow::read, login)
        : Optional.empty();
  }

  public static Account read(Row row) throws SQLException {
    return read(row, OrderRow.contact(row));
  }

  /** The account of a row without the columns of its contact. */
  static Account read(Row row, MailContact contact) throws SQLException {
    Set<Product> products = EnumSet.noneOf(Product.class);
    if (row.flag("ssl")) {
      products.add(Product.SSL);
    }
    if (row.flag("ccc")) {
      products.add(Product.CCC);
    }
    return new Account(
        row.number("id"),
        row.text("login"),
        new PasswordHash(row.text("password_hash")),
        products,
        row.flag("enabled"),
        row.number("version"),
        row.instant("created_at"),
        oldPassword(row),
        contact);
  }

  private static Optional<OldPassword> oldPassword(Row row) throws SQLException {
    Optional<String> hash = row.optionalText("old_password_hash");
    return hash.isPresent()
        ? Optional.of(
            new OldPassword(new PasswordHash(hash.get()), row.instant("old_password_until")))
        : Optional.empty();
  }

  /** The names of products, as events show them. */
  public static String productText(Set<Product> products) {
    return products.stream().sorted().map(Enum::name).collect(Collectors.joining(" "));
  }
}
