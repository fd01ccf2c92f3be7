package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.store.domain.PasswordHash;

/**
 * A cache of the logins whose password was right lately, each for the source that it came from.
 *
 * <p>A verified login is exempt from throttling at its own source, so that nobody else stops a
 * working client. Without a bound the exemption would tell a right guess from a wrong one as often
 * as somebody at the same source (behind the same NAT) asks. So guesses at a verified login are
 * counted beside it. After ten times as many as throttle a login it is suspended, right password or
 * not, until a minute after the first of them, and the log says so. Safe for use by many threads.
 */
final class VerifiedLogins {
  private static final int EXEMPTION_FACTOR = 10;

  private volatile int maxGuesses;
  private final long ttl;
  private final Ticker ticker;
  private final GuessWarnings warnings;
  private final Cache<LoginFrom, VerifiedLogin> cache;

  private record LoginFrom(RequestSource source, String login) {}

  VerifiedLogins(AuthConfig config, GuessWarnings warnings, Ticker ticker) {
    limit(config);
    ttl = config.verifiedFor().toNanos();
    this.ticker = ticker;
    this.warnings = warnings;
    cache = cache(config, ticker);
  }

  /** Sets another limit of guesses. */
  void limit(AuthConfig config) {
    maxGuesses = maxGuesses(config);
  }

  /** An empty cache for what was verified. */
  static <K, V> Cache<K, V> cache(AuthConfig config, Ticker ticker) {
    return Caffeine.newBuilder()
        .expireAfterAccess(config.verifiedFor())
        .maximumSize(config.verifiedEntries())
        // The cache's maintenance is too short to be worth another thread.
        .executor(Runnable::run)
        .ticker(ticker)
        .build();
  }

  /** The guesses within a minute that suspend what is verified, from its own source. */
  static int maxGuesses(AuthConfig config) {
    return EXEMPTION_FACTOR * config.guessesPerLogin();
  }

  long size() {
    return cache.estimatedSize();
  }

  /** The login as it was verified from this source, whatever the password is now. */
  Optional<VerifiedLogin> find(RequestSource source, String login) {
    return Optional.ofNullable(cache.getIfPresent(new LoginFrom(source, login)));
  }

  /**
   * Caches a right password, beside another one that is still valid, or in its place.
   *
   * @param account the id of the account
   * @param isValid whether the hash that another password was right for is still the account's
   */
  void add(
      RequestSource source,
      String login,
      long account,
      VerifiedPassword password,
      Predicate<PasswordHash> isValid) {
    Stream<VerifiedPassword> other =
        find(source, login).stream()
            .flatMap(known -> known.passwords.stream())
            .filter(kept -> !kept.password.equals(password.password) && isValid.test(kept.hash))
            .limit(1);
    cache.put(
        new LoginFrom(source, login),
        new VerifiedLogin(source, account, Stream.concat(Stream.of(password), other).toList()));
  }

  /**
   * A password that was right.
   *
   * @param hash the hash that it is right for. A version of the account's row would not do: the
   *     same version can come again after a failover.
   */
  record VerifiedPassword(Fingerprint password, PasswordHash hash) {}

  /** Counts a guess that was wrong, or was refused without a look, if the login is verified. */
  void guessed(RequestSource source, String login, Fingerprint guess) {
    find(source, login).ifPresent(known -> known.guessed(guess));
  }

  /** A login that was verified from one source. */
  final class VerifiedLogin {
    private final RequestSource source;
    private final long account;

    /** One, or two while the account has an old password beside its present one. */
    private final List<VerifiedPassword> passwords;

    private final DistinctGuesses guesses = new DistinctGuesses(maxGuesses, ticker);

    /**
     * The time at which the right password came last; guesses do not prolong its time in the cache.
     */
    private volatile long lastUse = ticker.read();

    private VerifiedLogin(RequestSource source, long account, List<VerifiedPassword> passwords) {
      this.source = source;
      this.account = account;
      this.passwords = passwords;
    }

    /** Whether so much was guessed at it from its own source that it is suspended. */
    boolean isSuspended() {
      return guesses.haveReachedLimit();
    }

    /** The hash that this password was right for; empty if it is not known to be right. */
    Optional<PasswordHash> hashFor(Fingerprint candidate) {
      for (VerifiedPassword known : passwords) {
        long now = ticker.read();
        if (known.password.equals(candidate) && now - lastUse < ttl) {
          lastUse = now;
          return Optional.of(known.hash);
        }
      }
      return Optional.empty();
    }

    private void guessed(Fingerprint guess) {
      if (guesses.add(guess)) {
        warnings.loginSuspended(account, source);
      }
    }
  }
}
