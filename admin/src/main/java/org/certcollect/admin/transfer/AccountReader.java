package org.certcollect.admin.transfer;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.admin.transfer.Format.Name;
import org.certcollect.store.Account;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.transfer.AccountRecord;

/** Reads and checks account lines. */
final class AccountReader {
  private AccountReader() {}

  static AccountRecord read(JsonObject line) {
    AccountRecord account =
        new AccountRecord(
            login(line.text(Name.LOGIN)),
            passwordHash(line.text(Name.PASSWORD_HASH)),
            products(line),
            line.flag(Name.ENABLED, true),
            line.timestamp(Name.CREATED),
            EventReader.events(line));
    line.end();
    return account;
  }

  private static String login(String login) {
    if (!Account.isLogin(login)) {
      throw new InvalidRecordException(
          "login must have 1 to 64 characters and no control characters");
    }
    return login;
  }

  private static PasswordHash passwordHash(String phc) {
    PasswordHash hash = new PasswordHash(phc);
    if (!PasswordHasher.canVerify(hash)) {
      throw new InvalidRecordException("passwordHash is not " + PasswordHasher.VERIFIABLE);
    }
    return hash;
  }

  private static Set<Product> products(JsonObject line) {
    return line.texts(Name.PRODUCTS).orElse(List.of()).stream()
        .map(text -> OrderReader.word(Product.class, Name.PRODUCTS, text))
        .collect(Collectors.toUnmodifiableSet());
  }
}
