package org.certcollect.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.certcollect.protocol.Login;
import org.certcollect.protocol.LoginName;
import org.certcollect.protocol.LoginPassword;
import org.certcollect.protocol.OrderNumber;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.store.Account;
import org.certcollect.store.PasswordHash;
import org.certcollect.store.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
  private static final Source SOURCE = Source.of("192.0.2.1");
  private static final Source ELSEWHERE = Source.of("192.0.2.2");

  /** Of "password", and cheap. */
  private static final PasswordHash CHEAP =
      new PasswordHash(
          "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");

  private static final PasswordHash BROKEN = new PasswordHash("broken");

  private final AtomicLong clock = new AtomicLong();
  private final Authenticator authenticator =
      new Authenticator(new AuthConfig(10, Duration.ofMinutes(10), 20, 30, 2), clock::get);

  @AfterEach
  void close() {
    authenticator.close();
  }

  private static Account account(String login, PasswordHash hash, long version) {
    return new Account(7, login, hash, Set.of(Product.SSL), true, version, Instant.EPOCH);
  }

  private static Account account(String login) {
    return account(login, CHEAP, 1);
  }

  private static Login login(String login, String password) {
    return new Login(new LoginName(login), new LoginPassword(password), new OrderNumber(1));
  }

  private CompletableFuture<Boolean> attempt(Account account, String password, Source source) {
    return authenticator.mayCollect(
        login(account.login(), password), Product.SSL, source, Optional.of(account));
  }

  private boolean may(Account account, String password, Source source) {
    return attempt(account, password, source).join();
  }

  private void guess(int times, String login, Source source) {
    for (int i = 0; i < times; i++) {
      assertThat(may(account(login), "no" + i, source)).isFalse();
    }
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void throttlingEndsAMinuteAfterTheFirstGuess() {
    guess(10, "a", SOURCE);
    pass(Duration.ofSeconds(40));
    guess(10, "a", SOURCE);
    assertThat(may(account("a"), "password", SOURCE)).isFalse();
    pass(Duration.ofSeconds(19));
    assertThat(may(account("a"), "password", SOURCE)).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(may(account("a"), "password", SOURCE)).isTrue();
  }

  @Test
  void aSourceThatGuessesAtManyLoginsIsThrottledForAll() {
    for (int i = 0; i < 30; i++) {
      guess(1, "login" + i, SOURCE);
    }
    assertThat(may(account("a"), "password", SOURCE)).isFalse();
    assertThat(may(account("a"), "password", ELSEWHERE)).isTrue();
    assertThat(may(account("a"), "password", SOURCE)).as("now it is known").isTrue();
    assertThat(may(account("b"), "password", SOURCE)).isFalse();
    pass(Duration.ofMinutes(1));
    assertThat(may(account("b"), "password", SOURCE)).isTrue();
  }

  /** Broke once: what did not count told that a disabled account's password was right. */
  @Test
  void aRightPasswordThatOpensNothingCountsLikeAWrongOne() {
    Account closed = new Account(8, "c", CHEAP, Set.of(), true, 1, Instant.EPOCH);
    for (int i = 0; i < 29; i++) {
      guess(1, "login" + i, SOURCE);
    }
    assertThat(may(closed, "password", SOURCE)).isFalse();
    assertThat(may(account("a"), "password", SOURCE)).as("thirty guesses").isFalse();
  }

  /** Broke once: after ten minutes a caller that polls was a stranger for a moment. */
  @Test
  void whoeverPollsStaysKnown() {
    assertThat(may(account("a"), "password", SOURCE)).isTrue();
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofMinutes(9));
      guess(20, "a", SOURCE);
      assertThat(may(account("a"), "password", SOURCE)).isTrue();
    }
    pass(Duration.ofMinutes(10));
    guess(20, "a", SOURCE);
    assertThat(may(account("a"), "password", SOURCE)).as("forgotten").isFalse();
  }

  /**
   * Broke once: it held for a version of the account's row, which another password has again where
   * a failover lost the first.
   */
  @Test
  void aProofHoldsForOneHashAndOneProduct() {
    assertThat(may(account("a"), "password", SOURCE)).isTrue();
    assertThat(attempt(account("a", CHEAP, 2), "password", SOURCE)).isCompletedWithValue(true);
    assertThatThrownBy(() -> may(account("a", BROKEN, 1), "password", SOURCE))
        .as("it is checked again")
        .isInstanceOf(CompletionException.class);
    Optional<Account> here = Optional.of(account("a"));
    assertThat(authenticator.mayCollect(login("a", "password"), Product.CCC, SOURCE, here).join())
        .isFalse();
  }

  @Test
  void whoIsAllowedWhileARefusalIsUnderWayIsNotRefused() {
    Account closed = new Account(7, "a", CHEAP, Set.of(), true, 1, Instant.EPOCH);
    CompletableFuture<Boolean> before = attempt(closed, "password", SOURCE);
    assertThat(may(account("a", CHEAP, 2), "password", SOURCE)).isTrue();
    assertThat(before.join()).isFalse();
  }

  @Test
  void anUnknownLoginIsRefusedAndCounted() {
    for (int i = 0; i < 20; i++) {
      assertThat(
              authenticator
                  .mayCollect(login("a", "no" + i), Product.SSL, SOURCE, Optional.empty())
                  .join())
          .isFalse();
    }
    assertThat(attempt(account("a"), "password", SOURCE)).isCompletedWithValue(false);
  }

  @Test
  void sameAttemptsAtOneTimeAreOneCheckAndOneGuess() {
    List<CompletableFuture<Boolean>> attempts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      attempts.add(
          authenticator.mayCollect(login("a", "no"), Product.SSL, SOURCE, Optional.empty()));
    }
    assertThat(attempts).allSatisfy(attempt -> assertThat(attempt.join()).isFalse());
    assertThat(may(account("a"), "password", SOURCE)).isTrue();
  }

  @Test
  void whatDoesNotFitIntoTheQueueIsTurnedAwayAndNoGuess() {
    List<CompletableFuture<Boolean>> attempts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      attempts.add(
          authenticator.mayCollect(login("a", "no" + i), Product.SSL, SOURCE, Optional.empty()));
    }
    long turnedAway =
        attempts.stream()
            .filter(
                attempt -> attempt.handle((right, e) -> e instanceof OverloadedException).join())
            .count();
    assertThat(turnedAway).isGreaterThan(80);
    assertThat(may(account("a"), "password", SOURCE)).isTrue();
  }

  @Test
  void aBrokenHashFailsEachTime() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> may(account("a", BROKEN, 1), "password", SOURCE))
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }
  }
}
