package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.protocol.CollectionCode;
import org.certcollect.protocol.Login;
import org.certcollect.server.auth.GuessThrottle.CodesTarget;
import org.certcollect.server.auth.GuessThrottle.GuessTarget;
import org.certcollect.server.auth.GuessThrottle.LoginTarget;
import org.certcollect.server.auth.VerifiedLogins.VerifiedLogin;
import org.certcollect.server.auth.VerifiedLogins.VerifiedPassword;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.store.Account;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.Collects.OrderStatus;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;

/**
 * The check of who asks: a login with its password, or a collection code (docs/protocol.md, section
 * 3, step 6).
 *
 * <p>Each check has three steps in a fixed order. A throttled guess is refused first, before
 * anything could tell whether it is right. Then the login or the code is looked up in the store.
 * Then the password is checked. A verified login costs no password hash, so that polling is cheap;
 * it is bound to the stored hash, so that a changed password takes effect with the next request.
 * Any other login costs one, whether the login is unknown, the password wrong, or the account
 * disabled or not allowed to collect the product, so that all of them take the same time; while any
 * account has an imported bcrypt hash, each costs one of those as well. Safe for use by many
 * threads.
 */
public final class Authenticator implements AutoCloseable {
  private static final GuessTarget CODES = new CodesTarget();

  private final Fingerprint.FingerprintMaker fingerprints = new Fingerprint.FingerprintMaker();
  private final PasswordHasher hasher = new PasswordHasher();
  private final VerifiedLogins verifiedLogins;
  private final VerifiedCodes verifiedCodes;
  private final GuessThrottle throttle;
  private final PasswordCheckPool pool;
  private final Clock clock;
  private final ForeignHashes foreignHashes;
  private final Map<LoginAttempt, CompletableFuture<PasswordResult>> running =
      new ConcurrentHashMap<>();

  /** The hashes in the store that another system made. */
  public interface ForeignHashes {
    /** A store in which there are none. */
    ForeignHashes NONE =
        new ForeignHashes() {
          @Override
          public int highestBcryptCost() {
            return 0;
          }

          @Override
          public void replace(Account account, PasswordHash old, PasswordHash better) {}
        };

    /** The highest cost of a bcrypt hash that any account has; 0 if none has one. */
    int highestBcryptCost();

    /** Takes a hash of the same password; must not block. */
    void replace(Account account, PasswordHash old, PasswordHash better);
  }

  /**
   * The outcome of a login.
   *
   * @param account id of the account that has the login; empty if none has, or nothing was looked
   *     up
   * @param granted the account and its order; present only if the caller may collect
   * @param refusal the true reason if nothing is granted; to tell it is to tell whether the
   *     password is right
   */
  public record LoginOutcome(
      OptionalLong account, Optional<AccountAndOrder> granted, Optional<RefusalReason> refusal) {
    private static final LoginOutcome THROTTLED =
        refused(OptionalLong.empty(), RefusalReason.THROTTLED);

    private static LoginOutcome refused(OptionalLong account, RefusalReason reason) {
      return new LoginOutcome(account, Optional.empty(), Optional.of(reason));
    }
  }

  /**
   * The outcome of a collection code.
   *
   * @param throttled whether the code was refused without a look at whether it is right
   * @param order the order of the code; present only if the caller may collect it
   */
  public record CodeOutcome(boolean throttled, Optional<OrderStatus> order) {}

  private enum PasswordResult {
    RIGHT,
    WRONG,
    THROTTLED
  }

  /** A password check that waits or runs; an equal attempt shares its result. */
  private record LoginAttempt(
      String login,
      Fingerprint password,
      Optional<Account> account,
      boolean allowed,
      RequestSource source) {}

  /** An authenticator that replaces no hashes. */
  public Authenticator(AuthConfig config, Ticker ticker) {
    this(config, ticker, Clock.systemUTC(), ForeignHashes.NONE);
  }

  /**
   * @param clock tells until when an old password is valid
   */
  public Authenticator(AuthConfig config, Ticker ticker, Clock clock, ForeignHashes foreignHashes) {
    this.clock = clock;
    this.foreignHashes = foreignHashes;
    GuessWarnings warnings = new GuessWarnings(ticker);
    verifiedLogins = new VerifiedLogins(config, warnings, ticker);
    verifiedCodes = new VerifiedCodes(config, warnings, ticker);
    throttle = new GuessThrottle(config, warnings, ticker);
    int threads =
        Math.min(Runtime.getRuntime().availableProcessors(), hasher.maxConcurrentChecks());
    pool = new PasswordCheckPool(threads, config.queue(), ticker);
  }

  /** Sets other limits of wrong guesses. The other settings stay as they are. */
  public void limit(AuthConfig config) {
    throttle.limit(config);
    verifiedLogins.limit(config);
    verifiedCodes.limit(config);
  }

  /**
   * Checks a login. The result is complete as soon as the order is looked up for a verified login,
   * and at once for a throttled one; it fails as the look-up does, and with {@link
   * OverloadedException} when too many checks wait.
   *
   * @param lookUp reads the account of the login and the order; called at most once, before this
   *     method returns, and what it throws is thrown here
   */
  public CompletableFuture<LoginOutcome> authenticate(
      Login login,
      Product product,
      RequestSource source,
      Supplier<CompletableFuture<Optional<AccountAndOrder>>> lookUp) {
    String name = login.name().value();
    Optional<VerifiedLogin> known = verifiedLogins.find(source, name);
    if (known.isPresent() && known.get().isSuspended()) {
      throttle.refused(source, new LoginTarget(name));
      return CompletableFuture.completedFuture(LoginOutcome.THROTTLED);
    }
    Fingerprint password = fingerprints.of(name, login.password().value());
    Optional<PasswordHash> verified = known.flatMap(entry -> entry.hashFor(password));
    if (verified.isEmpty() && isThrottled(source, name, password)) {
      return CompletableFuture.completedFuture(LoginOutcome.THROTTLED);
    }
    return lookUp
        .get()
        .thenCompose(found -> authenticate(login, password, verified, product, source, found));
  }

  private CompletableFuture<LoginOutcome> authenticate(
      Login login,
      Fingerprint password,
      Optional<PasswordHash> verified,
      Product product,
      RequestSource source,
      Optional<AccountAndOrder> found) {
    String name = login.name().value();
    Optional<Account> account = found.map(AccountAndOrder::account);
    boolean allowed = account.filter(row -> row.mayCollect(product)).isPresent();
    if (allowed
        && verified.isPresent()
        && account.get().hasPassword(verified.get(), clock.instant())) {
      return CompletableFuture.completedFuture(outcome(found, PasswordResult.RIGHT, true));
    }
    // It was verified, but for another hash or product: that makes it a guess like any other.
    if (verified.isPresent() && isThrottled(source, name, password)) {
      return CompletableFuture.completedFuture(outcome(found, PasswordResult.THROTTLED, allowed));
    }
    LoginAttempt attempt = new LoginAttempt(name, password, account, allowed, source);
    return check(attempt, login.password().value())
        .thenApply(result -> outcome(found, result, allowed));
  }

  private static LoginOutcome outcome(
      Optional<AccountAndOrder> found, PasswordResult result, boolean allowed) {
    Optional<Account> account = found.map(AccountAndOrder::account);
    return result == PasswordResult.RIGHT && allowed
        ? new LoginOutcome(id(account), found, Optional.empty())
        : LoginOutcome.refused(id(account), reason(account, result));
  }

  private static RefusalReason reason(Optional<Account> account, PasswordResult result) {
    if (result == PasswordResult.THROTTLED) {
      return RefusalReason.THROTTLED;
    }
    if (account.isEmpty()) {
      return RefusalReason.UNKNOWN_LOGIN;
    }
    if (result == PasswordResult.WRONG) {
      return RefusalReason.WRONG_PASSWORD;
    }
    return account.get().enabled() ? RefusalReason.PRODUCT_NOT_ALLOWED : RefusalReason.DISABLED;
  }

  private static OptionalLong id(Optional<Account> account) {
    return account.map(row -> OptionalLong.of(row.id())).orElse(OptionalLong.empty());
  }

  /** Whether a guess is refused; then it is counted. */
  private boolean isThrottled(RequestSource source, String login, Fingerprint password) {
    GuessTarget target = new LoginTarget(login);
    if (!throttle.isThrottled(source, target)) {
      return false;
    }
    throttle.refused(source, target);
    verifiedLogins.guessed(source, login, password);
    return true;
  }

  private CompletableFuture<PasswordResult> check(LoginAttempt attempt, String password) {
    CompletableFuture<PasswordResult> result = new CompletableFuture<>();
    CompletableFuture<PasswordResult> earlier = running.putIfAbsent(attempt, result);
    if (earlier != null) {
      return earlier;
    }
    pool.run(
        attempt.source,
        throttle.hasGuessed(attempt.source),
        result,
        () -> checkNow(attempt, password),
        () -> running.remove(attempt));
    return result;
  }

  private PasswordResult checkNow(LoginAttempt attempt, String password) {
    // While this guess waited, others of its source may have been found wrong.
    if (isThrottled(attempt.source, attempt.login, attempt.password)) {
      return PasswordResult.THROTTLED;
    }
    Instant now = clock.instant();
    List<PasswordHash> hashes =
        attempt.account.map(row -> row.passwordHashes(now)).orElse(List.of());
    Optional<PasswordHash> match =
        hasher.matching(password, hashes, foreignHashes.highestBcryptCost());
    boolean right = match.isPresent();
    if (right && attempt.allowed) {
      Account account = attempt.account.orElseThrow();
      verifiedLogins.add(
          attempt.source,
          attempt.login,
          account.id(),
          new VerifiedPassword(attempt.password, match.orElseThrow()),
          kept -> account.hasPassword(kept, now));
      hasher
          .better(password, match.get(), hashes)
          .ifPresent(better -> foreignHashes.replace(account, match.get(), better));
      return PasswordResult.RIGHT;
    }
    // A right password of a disabled account is counted as well, or the count would tell it.
    throttle.wrong(attempt.source, new LoginTarget(attempt.login), id(attempt.account));
    verifiedLogins.guessed(attempt.source, attempt.login, attempt.password);
    return right ? PasswordResult.RIGHT : PasswordResult.WRONG;
  }

  /**
   * Checks a collection code.
   *
   * @param lookUp reads the order of the code; called at most once, and what it throws is thrown
   *     here
   */
  public CodeOutcome authenticate(
      CollectionCode code, RequestSource source, Supplier<Optional<OrderStatus>> lookUp) {
    if (verifiedCodes.areSuspended(source)) {
      throttle.refused(source, CODES);
      return new CodeOutcome(true, Optional.empty());
    }
    Fingerprint fingerprint =
        fingerprints.of(code.value() + code.email().map("\0"::concat).orElse(""));
    if (!verifiedCodes.contains(source, fingerprint) && throttle.isThrottled(source, CODES)) {
      throttle.refused(source, CODES);
      verifiedCodes.guessed(source, fingerprint);
      return new CodeOutcome(true, Optional.empty());
    }
    Optional<OrderStatus> order = lookUp.get();
    if (order.isPresent()) {
      verifiedCodes.add(source, fingerprint);
    } else {
      throttle.wrong(source, CODES, OptionalLong.empty());
      verifiedCodes.guessed(source, fingerprint);
    }
    return new CodeOutcome(false, order);
  }

  /** The number of networks whose guesses are all refused now. */
  public long throttledSources() {
    return throttle.throttledSources();
  }

  /** The number of verified logins in the cache; an estimate. */
  public long verifiedLoginsNow() {
    return verifiedLogins.size();
  }

  /** The number of passwords since the start that no verified login spared to be hashed. */
  public long passwordChecks() {
    return pool.begun();
  }

  /** The number of password checks that wait for a thread. */
  public int waitingChecks() {
    return pool.waiting();
  }

  @Override
  public void close() {
    pool.close();
  }
}
