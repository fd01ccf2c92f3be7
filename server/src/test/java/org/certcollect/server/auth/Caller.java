package org.certcollect.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.certcollect.protocol.CollectionCode;
import org.certcollect.protocol.Login;
import org.certcollect.protocol.LoginName;
import org.certcollect.protocol.LoginPassword;
import org.certcollect.protocol.OrderReference;
import org.certcollect.protocol.OrderReference.Numbered;
import org.certcollect.server.auth.Authenticator.CodeOutcome;
import org.certcollect.server.auth.Authenticator.LoginOutcome;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.store.Account;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.Collects.OrderStatus;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;

/** Callers of an authenticator of their own, whose clock stands still until it is told to go on. */
final class Caller implements AutoCloseable {
  /** A cheap hash of "password". */
  static final PasswordHash CHEAP =
      new PasswordHash(
          "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");

  static final String RIGHT_CODE = "RIGHT";

  /** Throttles after 20 wrong guesses for a login and 30 for a source, suspends after 200. */
  static final AuthConfig CONFIG = new AuthConfig(1_000, Duration.ofMinutes(10), 20, 30, 2);

  private final AtomicLong clock = new AtomicLong();
  private final Authenticator authenticator;
  private int guesses;

  Caller() {
    this(CONFIG);
  }

  Caller(AuthConfig config) {
    authenticator = new Authenticator(config, clock::get);
  }

  static Account account(String login, PasswordHash hash, long version) {
    return new Account(7, login, hash, Set.of(Product.SSL), true, version, Instant.EPOCH);
  }

  /** An account whose password is "password". */
  static Account account(String login) {
    return account(login, CHEAP, 1);
  }

  CompletableFuture<LoginOutcome> attempt(
      String login,
      Optional<Account> account,
      String password,
      Product product,
      RequestSource source) {
    OrderReference order = new OrderReference(Numbered.ORDER, 1, "orderNumber");
    Login claim = new Login(new LoginName(login), new LoginPassword(password), List.of(order));
    return authenticator.authenticate(
        claim,
        product,
        source,
        () ->
            CompletableFuture.completedFuture(
                account.map(row -> new AccountAndOrder(row, Optional.empty(), false))));
  }

  CompletableFuture<LoginOutcome> attempt(Account account, String password, RequestSource source) {
    return attempt(account.login(), Optional.of(account), password, Product.SSL, source);
  }

  boolean mayCollect(Account account, String password, RequestSource source) {
    return attempt(account, password, source).join().granted().isPresent();
  }

  boolean mayCollect(String login, String password, RequestSource source) {
    return mayCollect(account(login), password, source);
  }

  /** Guesses wrong, another password each time. */
  void guess(int times, String login, RequestSource source) {
    for (int i = 0; i < times; i++) {
      guesses++;
      assertThat(mayCollect(login, "wrong" + guesses, source)).isFalse();
    }
  }

  CodeOutcome code(String code, RequestSource source) {
    return authenticator.authenticate(
        new CollectionCode(code),
        source,
        () ->
            Optional.of(
                    new OrderStatus(1, Product.CCC, OrderState.PROCESSING, Optional.empty(), false))
                .filter(order -> code.startsWith(RIGHT_CODE)));
  }

  boolean mayCollect(String code, RequestSource source) {
    return code(code, source).order().isPresent();
  }

  void guessCodes(int times, RequestSource source) {
    for (int i = 0; i < times; i++) {
      guesses++;
      assertThat(mayCollect("NO" + guesses, source)).isFalse();
    }
  }

  void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  /** Whether the check was turned away because too many wait. */
  static boolean isOverloaded(CompletableFuture<LoginOutcome> attempt) {
    return attempt
        .handle(
            (outcome, failure) ->
                failure instanceof CompletionException
                    && failure.getCause() instanceof OverloadedException)
        .join();
  }

  @Override
  public void close() {
    authenticator.close();
  }
}
