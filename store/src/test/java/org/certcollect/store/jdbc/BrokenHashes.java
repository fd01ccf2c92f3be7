package org.certcollect.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.certcollect.store.Account;
import org.certcollect.store.Event;
import org.certcollect.store.Store;

/**
 * Accounts whose password hashes were made in a locale with digits of its own: until November 2026
 * certcollect wrote {@code m=۱۹۴۵۶} in fa_IR, and the account could never log in.
 */
public final class BrokenHashes {
  private static final String INSERT =
      """
      INSERT INTO account (login, password_hash, ssl, ccc, enabled, version, created_at)
      VALUES (?, ?, 1, 1, 1, 1, 0)
      """;
  private static final String REST = "$c2FsdHNhbHQ$K7mZ0123456789hashhashha";

  /** The zero of every script that a Java char can hold. */
  private static final List<Integer> ZEROS =
      IntStream.range(0x80, Character.MIN_SUPPLEMENTARY_CODE_POINT)
          .filter(c -> Character.isDigit(c) && Character.digit(c, 10) == 0)
          .boxed()
          .toList();

  private BrokenHashes() {}

  /** Adds an account for each script, and one with a hash that is right. */
  public static void add(Database database) {
    boolean unused =
        database.change(
            session -> {
              for (int zero : ZEROS) {
                session.update(INSERT, "login-" + zero, hash(zero));
              }
              return session.update(INSERT, "right", hash('0')) == 1;
            });
  }

  /** Checks that all have the same hash now, and an event that tells of its repair. */
  public static void assertRepaired(Store store) {
    assertThat(ZEROS).hasSizeGreaterThan(30);
    for (int zero : ZEROS) {
      Account account = store.accounts().find("login-" + zero).orElseThrow();
      assertThat(account.passwordHash().phc()).as("zero %x", zero).isEqualTo(hash('0'));
      assertThat(account.version()).isEqualTo(2);
      assertThat(store.events().ofAccount(account.login()))
          .extracting(Event::action)
          .containsExactly("account.repair");
    }
    Account right = store.accounts().find("right").orElseThrow();
    assertThat(right.passwordHash().phc()).isEqualTo(hash('0'));
    assertThat(right.version()).isEqualTo(1);
    assertThat(store.events().ofAccount("right")).isEmpty();
  }

  private static String hash(int zero) {
    StringBuilder parameters = new StringBuilder();
    "$argon2id$v=19$m=19456,t=2,p=1"
        .chars()
        .map(c -> Character.isDigit(c) && parameters.length() > 9 ? zero + c - '0' : c)
        .forEach(parameters::appendCodePoint);
    return parameters + REST;
  }
}
