package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Optional;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.store.PasswordHash;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the logins whose password was right lately, each for the source that it came from.
 *
 * <p>A verified login is exempt from throttling at its own source, so that nobody else stops a
 * working client. Without a bound the exemption would tell a right guess from a wrong one as often
 * as somebody at the same source (behind the same NAT) asks. So guesses at a verified login are
 * counted beside it. After ten times as many as throttle a login it is suspended, right password or
 * not, until a minute after the first of them. Safe for use by many threads.
 */
final class VerifiedLogins {
  private static final int EXEMPTION_FACTOR = 10;

  private final int maxGuesses;
  private final Ticker ticker;
  private final Cache<LoginFrom, Verified> cache;

  private record LoginFrom(Source source, String login) {}

  /**
   * What is known of one login from one source.
   *
   * @param hash the hash that the password was right for. A version of the account's row would not
   *     do: the same version can come again after a failover
   */
  private record Verified(Fingerprint password, PasswordHash hash, MinuteCounter guesses) {}

  VerifiedLogins(AuthConfig config, Ticker ticker) {
    maxGuesses = maxGuesses(config);
    this.ticker = ticker;
    cache =
        Caffeine.newBuilder()
            .expireAfterAccess(config.verifiedFor())
            .maximumSize(config.verifiedEntries())
            // To wake another thread costs more than the little there is to tidy.
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
  }

  /** The guesses within a minute that suspend what is verified, from its own source. */
  static int maxGuesses(AuthConfig config) {
    return EXEMPTION_FACTOR * config.guessesPerLogin();
  }

  /** Whether so much was guessed at this login from this source that it is suspended there. */
  boolean isSuspended(Source source, String login) {
    Verified verified = quietly(new LoginFrom(source, login));
    return verified != null && verified.guesses.hasReached(maxGuesses);
  }

  /** The hash that this password was right for; empty if it is not known to be right. */
  Optional<PasswordHash> find(Source source, String login, Fingerprint password) {
    LoginFrom from = new LoginFrom(source, login);
    Verified verified = quietly(from);
    if (verified == null || !verified.password.equals(password)) {
      return Optional.empty();
    }
    cache.getIfPresent(from);
    return Optional.of(verified.hash);
  }

  /** Remembers a right password in place of an earlier one. */
  void add(Source source, String login, Fingerprint password, PasswordHash hash) {
    cache.put(
        new LoginFrom(source, login), new Verified(password, hash, new MinuteCounter(ticker)));
  }

  /** Counts a guess that was wrong, or was refused without a look, if the login is verified. */
  void guessed(Source source, String login, Fingerprint password) {
    Verified verified = quietly(new LoginFrom(source, login));
    if (verified != null) {
      verified.guesses.addUnlessRepeated(password);
    }
  }

  /** Without prolonging the entry's time in the cache: only its own client does that. */
  private @Nullable Verified quietly(LoginFrom from) {
    return cache.policy().getIfPresentQuietly(from);
  }
}
