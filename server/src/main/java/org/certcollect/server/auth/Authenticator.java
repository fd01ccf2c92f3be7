package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.protocol.CollectionCode;
import org.certcollect.protocol.Login;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.store.Account;
import org.certcollect.store.PasswordHash;
import org.certcollect.store.Product;

/**
 * Decides whether a caller is who the login says, and may collect (reading of the specification,
 * section 3, step 6).
 *
 * <p>A right password is remembered until it was not used for a while, bound to the hash that it
 * was right for, so that polling costs no hash and a new password takes effect at once. Any other
 * login costs a hash in a bounded lane, whether the login is unknown, the password wrong, or the
 * account not allowed: they take the same time. Safe for use by many threads.
 */
public final class Authenticator implements AutoCloseable {
  /** No login: no account's name can hold a control character. */
  private static final String ANY_CODE = "\0code";

  private static final PasswordHash CODE = new PasswordHash("");

  private final Fingerprint.Maker fingerprints = new Fingerprint.Maker();
  private final PasswordHasher hasher = new PasswordHasher();

  /** Which hash a password was right for: a version of the row can come again after a failover. */
  private final Cache<Fingerprint, PasswordHash> proven;

  private final Map<Attempt, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();
  private final Guesses guesses;
  private final HashLane lane;

  /** A check under way; the same again waits for its result. */
  private record Attempt(
      Fingerprint login, Optional<PasswordHash> hash, boolean allowed, Source source) {}

  public Authenticator(AuthConfig config, Ticker ticker) {
    guesses = new Guesses(config, ticker);
    lane = new HashLane(Runtime.getRuntime().availableProcessors(), config.queue(), ticker);
    proven =
        Caffeine.newBuilder()
            .expireAfterAccess(config.verifiedFor())
            .maximumSize(config.verifiedEntries())
            // To wake another thread costs more than the little there is to tidy.
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
  }

  /**
   * Whether a login is looked up at all. A throttled one is not: how long that took would tell
   * whether it exists.
   */
  public boolean mayTry(Login login, Source source) {
    return !guesses.areTooMany(source, login.name().value())
        || proven.getIfPresent(fingerprint(login)) != null;
  }

  /**
   * Whether the login may collect that product. Complete at once for a login that is remembered;
   * fails with {@link OverloadedException} when too many checks wait.
   *
   * @param account the account of that login, as it is stored now
   */
  public CompletableFuture<Boolean> mayCollect(
      Login login, Product product, Source source, Optional<Account> account) {
    Fingerprint fingerprint = fingerprint(login);
    Optional<PasswordHash> hash = account.map(Account::passwordHash);
    boolean allowed = account.filter(row -> row.mayCollect(product)).isPresent();
    if (allowed && hash.equals(Optional.ofNullable(proven.getIfPresent(fingerprint)))) {
      return CompletableFuture.completedFuture(true);
    }
    if (guesses.areTooMany(source, login.name().value())) {
      return CompletableFuture.completedFuture(false);
    }
    Attempt attempt = new Attempt(fingerprint, hash, allowed, source);
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    CompletableFuture<Boolean> earlier = running.putIfAbsent(attempt, result);
    if (earlier != null) {
      return earlier;
    }
    lane.run(
        result,
        () -> {
          boolean right = check(login, source, hash, allowed);
          if (right) {
            hash.ifPresent(found -> proven.put(fingerprint, found));
          }
          return right;
        },
        () -> running.remove(attempt));
    return result;
  }

  private Fingerprint fingerprint(Login login) {
    return fingerprints.of(login.name().value(), login.password().value());
  }

  private boolean check(Login login, Source source, Optional<PasswordHash> hash, boolean allowed) {
    String target = login.name().value();
    if (guesses.areTooMany(source, target)) {
      return false;
    }
    String password = login.password().value();
    boolean right =
        hash.isPresent() ? hasher.verify(password, hash.get()) : hasher.verifyNobody(password);
    // A right password that opens nothing counts as a wrong one: else the counts would tell it.
    if (!(right && allowed)) {
      guesses.wrong(source, target);
    }
    return right && allowed;
  }

  /** Whether a collection code is looked up at all. */
  public boolean mayTry(CollectionCode code, Source source) {
    return proven.getIfPresent(fingerprints.of(code.value())) != null
        || !guesses.areTooMany(source, ANY_CODE);
  }

  /** A collection code was looked up. */
  public void tried(CollectionCode code, Source source, boolean right) {
    if (right) {
      proven.put(fingerprints.of(code.value()), CODE);
    } else {
      guesses.wrong(source, ANY_CODE);
    }
  }

  @Override
  public void close() {
    lane.close();
  }
}
