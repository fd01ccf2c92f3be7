package org.certcollect.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.server.auth.Authenticator.LoginOutcome;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.store.Account;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
  private static final RequestSource SOURCE = RequestSource.of("192.0.2.1");
  private static final PasswordHash BROKEN = new PasswordHash("broken");

  private final Caller caller = new Caller();

  @AfterEach
  void close() {
    caller.close();
  }

  private CompletableFuture<LoginOutcome> attemptUnknownLogin(String password) {
    return caller.attempt("a", Optional.empty(), password, Product.SSL, SOURCE);
  }

  private static void assertRefused(CompletableFuture<LoginOutcome> attempt) {
    assertThat(attempt.join().granted()).isEmpty();
  }

  @Test
  void rightPasswordIsGrantedAndTheAccountIsNamed() {
    LoginOutcome outcome = caller.attempt(Caller.account("a"), "password", SOURCE).join();
    assertThat(outcome.granted().orElseThrow().account()).isEqualTo(Caller.account("a"));
    assertThat(outcome.account()).hasValue(7);
  }

  @Test
  void wrongPasswordIsRefusedAndTheAccountIsNamed() {
    LoginOutcome outcome = caller.attempt(Caller.account("a"), "wrong", SOURCE).join();
    assertThat(outcome.granted()).isEmpty();
    assertThat(outcome.account()).hasValue(7);
  }

  @Test
  void eachRefusalHasItsTrueReason() {
    Account enabled =
        new Account(8, "c", Caller.CHEAP, Set.of(Product.CCC), true, 1, Instant.EPOCH);
    Account disabled = new Account(9, "d", Caller.CHEAP, Set.of(), false, 1, Instant.EPOCH);
    assertThat(caller.attempt(enabled, "password", SOURCE).join())
        .isEqualTo(
            new LoginOutcome(
                OptionalLong.of(8),
                Optional.empty(),
                Optional.of(RefusalReason.PRODUCT_NOT_ALLOWED)));
    assertThat(caller.attempt(enabled, "wrong", SOURCE).join().refusal())
        .contains(RefusalReason.WRONG_PASSWORD);
    assertThat(caller.attempt(disabled, "password", SOURCE).join().refusal())
        .contains(RefusalReason.DISABLED);
    assertThat(caller.attempt(disabled, "wrong", SOURCE).join().refusal())
        .contains(RefusalReason.WRONG_PASSWORD);
    assertThat(attemptUnknownLogin("password").join().refusal())
        .contains(RefusalReason.UNKNOWN_LOGIN);
    assertThat(caller.attempt(Caller.account("a"), "password", SOURCE).join().refusal()).isEmpty();
    caller.guess(20, "c", SOURCE);
    assertThat(caller.attempt(enabled, "password", SOURCE).join().refusal())
        .contains(RefusalReason.THROTTLED);
  }

  /** Broke once: what did not count told that a disabled account's password was right. */
  @Test
  void rightPasswordThatOpensNothingCountsLikeAWrongOne() {
    Account closed = new Account(8, "c", Caller.CHEAP, Set.of(), true, 1, Instant.EPOCH);
    for (int i = 0; i < 29; i++) {
      caller.guess(1, "login" + i, SOURCE);
    }
    assertThat(caller.mayCollect(closed, "password", SOURCE)).isFalse();
    assertThat(caller.mayCollect("a", "password", SOURCE)).as("thirty guesses").isFalse();
  }

  /** Broke once: after ten minutes a caller that polls was a stranger for a moment. */
  @Test
  void pollingClientStaysVerified() {
    assertThat(caller.mayCollect("a", "password", SOURCE)).isTrue();
    for (int i = 0; i < 5; i++) {
      caller.pass(Duration.ofMinutes(9));
      caller.guess(20, "a", SOURCE);
      assertThat(caller.mayCollect("a", "password", SOURCE)).isTrue();
    }
    caller.pass(Duration.ofMinutes(10));
    caller.guess(20, "a", SOURCE);
    assertThat(caller.mayCollect("a", "password", SOURCE)).as("expired").isFalse();
  }

  @Test
  void guessesDoNotKeepALoginVerified() {
    assertThat(caller.mayCollect("a", "password", SOURCE)).isTrue();
    for (int minute = 0; minute < 10; minute++) {
      caller.guess(20, "a", SOURCE);
      caller.pass(Duration.ofMinutes(1));
    }
    caller.guess(20, "a", SOURCE);
    assertThat(caller.mayCollect("a", "password", SOURCE)).as("expired").isFalse();
  }

  /**
   * Broke once: it held for a version of the account's row, which another password has again where
   * a failover lost the first.
   */
  @Test
  void verificationHoldsForOneHashAndOneProduct() {
    Account account = Caller.account("a");
    assertThat(caller.mayCollect(account, "password", SOURCE)).isTrue();
    assertThat(caller.attempt(Caller.account("a", Caller.CHEAP, 2), "password", SOURCE))
        .as("another version of the row")
        .isCompleted();
    assertThatThrownBy(() -> caller.mayCollect(Caller.account("a", BROKEN, 1), "password", SOURCE))
        .as("another hash is checked")
        .isInstanceOf(CompletionException.class);
    assertRefused(caller.attempt("a", Optional.of(account), "password", Product.CCC, SOURCE));
  }

  @Test
  void accountAllowedWhileARefusalIsUnderWayIsNotRefused() {
    Account closed = new Account(7, "a", Caller.CHEAP, Set.of(), true, 1, Instant.EPOCH);
    CompletableFuture<LoginOutcome> before = caller.attempt(closed, "password", SOURCE);
    assertThat(caller.mayCollect(Caller.account("a", Caller.CHEAP, 2), "password", SOURCE))
        .isTrue();
    assertRefused(before);
  }

  @Test
  void unknownLoginIsRefusedAndCounted() {
    for (int i = 0; i < 20; i++) {
      LoginOutcome outcome = attemptUnknownLogin("wrong" + i).join();
      assertThat(outcome.granted()).isEmpty();
      assertThat(outcome.account()).isEmpty();
    }
    CompletableFuture<LoginOutcome> throttled =
        caller.attempt(Caller.account("a"), "password", SOURCE);
    assertThat(throttled).isCompleted();
    assertRefused(throttled);
  }

  @Test
  void sameAttemptsAtOneTimeAreOneCheckAndOneGuess() {
    List<CompletableFuture<LoginOutcome>> attempts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      attempts.add(attemptUnknownLogin("wrong"));
    }
    assertThat(attempts).allSatisfy(AuthenticatorTest::assertRefused);
    assertThat(caller.mayCollect("a", "password", SOURCE)).isTrue();
  }

  @Test
  void checksThatDoNotFitIntoTheQueueAreTurnedAwayAndAreNoGuesses() {
    List<CompletableFuture<LoginOutcome>> attempts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      attempts.add(attemptUnknownLogin("wrong" + i));
    }
    assertThat(attempts.stream().filter(Caller::isOverloaded).count()).isGreaterThan(80);
    assertThat(caller.mayCollect("a", "password", SOURCE)).isTrue();
  }

  /** Broke once (issue 10, fault 15): a few sources, or one IPv6 /48, denied new logins. */
  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.%d", "2001:db8:0:%d::1"})
  void newLoginIsCheckedWhileOtherSourcesFloodTheQueue(String sources) {
    Account account = Caller.account("a", new PasswordHasher().hash("password"), 1);
    try (Caller flood = new Caller(new AuthConfig(10, Duration.ofMinutes(10), 99, 99, 16))) {
      List<CompletableFuture<LoginOutcome>> guesses = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        RequestSource source = RequestSource.of(sources.replace("%d", String.valueOf(i % 8)));
        guesses.add(flood.attempt(account, "wrong" + i, source));
      }
      assertThat(guesses)
          .as("the queue is full")
          .anyMatch(CompletableFuture::isCompletedExceptionally);
      assertThat(flood.mayCollect(account, "password", SOURCE)).isTrue();
    }
  }

  @Test
  void brokenHashFailsEachTime() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () -> caller.mayCollect(Caller.account("a", BROKEN, 1), "password", SOURCE))
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }
  }
}
