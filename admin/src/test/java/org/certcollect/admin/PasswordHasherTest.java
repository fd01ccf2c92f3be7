package org.certcollect.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.certcollect.store.domain.PasswordHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHasherTest {
  @Test
  void passwordBesideAnotherSharesItsSaltSoThatOneComputationChecksBoth() {
    PasswordHash old = hasher.hash("old");
    PasswordHash both = hasher.hashBeside("new", old);
    int salt = old.phc().lastIndexOf('$');
    assertThat(both.phc().substring(0, salt)).isEqualTo(old.phc().substring(0, salt));
    assertThat(hasher.matching("old", List.of(both, old))).contains(old);
    assertThat(hasher.matching("new", List.of(both, old))).contains(both);
    assertThat(hasher.matching("other", List.of(both, old))).isEmpty();
    PasswordHash foreign =
        new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA");
    assertThat(hasher.hashBeside("new", foreign).phc()).startsWith("$argon2id$v=19$m=19456,");
  }

  @Test
  void bcryptIsVerifiedUpToABoundOfItsCost() {
    String hash = "CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    for (String kind : List.of("$2a$", "$2b$", "$2y$")) {
      assertThat(hasher.verify("U*U", new PasswordHash(kind + "05$" + hash))).isTrue();
      assertThat(hasher.verify("U*V", new PasswordHash(kind + "05$" + hash))).isFalse();
    }
    for (String bad : List.of("$2a$14$", "$2a$03$", "$2x$05$", "$2a$99$")) {
      assertThat(PasswordHasher.canVerify(new PasswordHash(bad + hash))).as(bad).isFalse();
    }
    String long72 = "x".repeat(72);
    PasswordHash cut =
        new PasswordHash("$2y$04$......................SZFhVdUK5wGKY4lx/QrgUMHG0XsWjbi");
    assertThat(hasher.verify(long72 + "tail", cut)).isTrue();
    assertThat(hasher.verify("x".repeat(71), cut)).isFalse();
  }

  private static final String SALT = "c29tZXNhbHQ";
  private static final String HASH = "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  private final PasswordHasher hasher = new PasswordHasher();

  @Test
  void aHashIsAPhcStringOfTheOwaspCost() {
    assertThat(hasher.hash("secret").phc())
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
  }

  @Test
  void theSamePasswordNeverHasTheSameHash() {
    assertThat(hasher.hash("secret")).isNotEqualTo(hasher.hash("secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "", " ", "P\u00e4ss\ud83d\ude00", "0123456789abcdef0123456789"})
  void aPasswordMatchesItsOwnHashAlone(String password) {
    PasswordHash hash = hasher.hash(password);
    assertThat(hasher.verify(password, hash)).isTrue();
    assertThat(hasher.verify(password + "x", hash)).isFalse();
    assertThat(hash.toString()).doesNotContain("argon2", hash.phc());
  }

  /**
   * With one check for each of 32 processors, a few dozen wrong logins ended a server whose heap
   * was 512 MiB.
   */
  @Test
  void concurrentChecksTakeNoMoreThanTheirPartOfTheHeap() {
    assertThat(new PasswordHasher(128L << 20).maxConcurrentChecks()).isEqualTo(6);
    assertThat(new PasswordHasher(1024).maxConcurrentChecks()).isEqualTo(1);
  }

  @Test
  void hashLargerThanTheBudgetIsVerifiedAlone() {
    PasswordHasher small = new PasswordHasher(1024);
    PasswordHash hash = small.hash("secret");
    assertThat(IntStream.range(0, 4).parallel().allMatch(i -> small.verify("secret", hash)))
        .isTrue();
  }

  /** From src/test.c of phc-winner-argon2, the reference implementation. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "password"
            + " $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "password"
            + " $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "password"
            + " $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "password"
            + " $argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg",
        "differentpassword"
            + " $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94",
        "password"
            + " $argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw"
      })
  void hashesOfTheReferenceImplementationAreVerified(String password, String phc) {
    assertThat(hasher.verify(password, new PasswordHash(phc))).isTrue();
    assertThat(hasher.verify("Password", new PasswordHash(phc))).isFalse();
  }

  @Test
  void nobodyHasAPassword() {
    assertThat(hasher.matching("", List.of(), 0)).isEmpty();
    assertThat(hasher.matching("", List.of(), 4)).isEmpty();
  }

  /** While both passwords are valid, two salts would make two computations. */
  @Test
  void betterHashOfAnImportedOneSharesTheSaltOfThePasswordBesideIt() {
    PasswordHash bcrypt =
        new PasswordHash("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
    PasswordHash present = hasher.hash("new");
    List<PasswordHash> both = List.of(present, bcrypt);
    assertThat(hasher.matching("U*U", both, 6)).contains(bcrypt);
    assertThat(hasher.matching("new", both, 6)).contains(present);
    assertThat(hasher.matching("U*V", both, 6)).isEmpty();

    PasswordHash better = hasher.better("U*U", bcrypt, both).orElseThrow();
    int salt = present.phc().lastIndexOf('$');
    assertThat(better.phc()).startsWith(present.phc().substring(0, salt));
    assertThat(hasher.verify("U*U", better)).isTrue();
    assertThat(hasher.better("new", present, both)).isEmpty();
    assertThat(hasher.better("U*U", bcrypt, List.of(bcrypt)).orElseThrow().phc())
        .startsWith("$argon2id$v=19$m=19456,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "$2b$14$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
        "$argon2i$v=19$m=256,t=2,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=16$m=256,t=2,p=1$" + SALT + "$" + HASH,
        "$argon2id$m=256,t=2,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=256,t=2$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=99999999,t=2,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=256,t=2,p=1$$" + HASH,
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$",
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$CTFhFQ",
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$" + HASH + "!",
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$" + HASH + "\n"
      })
  void anythingElseIsNoHash(String phc) {
    assertThatThrownBy(() -> hasher.verify("secret", new PasswordHash(phc)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(HASH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=256,t=0,p=1",
        "m=256,t=2,p=0",
        "m=0,t=2,p=1",
        "m=15,t=2,p=2",
        "m=65537,t=2,p=1",
        "m=256,t=11,p=1",
        "m=256,t=2,p=17"
      })
  void costsThatAreImpossibleOrPastBearingAreRefused(String cost) {
    PasswordHash hash = new PasswordHash("$argon2id$v=19$" + cost + "$" + SALT + "$" + HASH);
    assertThat(PasswordHasher.canVerify(hash)).isFalse();
    assertThatThrownBy(() -> hasher.verify("secret", hash))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
