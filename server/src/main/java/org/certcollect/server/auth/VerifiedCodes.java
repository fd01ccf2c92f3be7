package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import org.certcollect.server.config.AuthConfig;

/**
 * A cache of the collection codes that were right lately, each for the source that it came from.
 * They are exempt from throttling within the same bound as {@link VerifiedLogins}. Safe for use by
 * many threads.
 */
final class VerifiedCodes {
  private static final int MAX_COUNTS = 200_000;

  private final int maxGuesses;
  private final Ticker ticker;
  private final Cache<CodeFrom, Boolean> cache;
  private final Cache<RequestSource, MinuteCounter> guesses;

  private record CodeFrom(RequestSource source, Fingerprint code) {}

  VerifiedCodes(AuthConfig config, Ticker ticker) {
    maxGuesses = VerifiedLogins.maxGuesses(config);
    this.ticker = ticker;
    cache =
        Caffeine.newBuilder()
            .expireAfterAccess(config.verifiedFor())
            .maximumSize(config.verifiedEntries())
            // The cache's maintenance is too short to be worth another thread.
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
    guesses =
        Caffeine.newBuilder()
            .expireAfterWrite(MinuteCounter.WINDOW)
            .maximumSize(MAX_COUNTS)
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
  }

  /** Whether so much was guessed at codes from this source that all are suspended there. */
  boolean areSuspended(RequestSource source) {
    MinuteCounter counter = guesses.getIfPresent(source);
    return counter != null && counter.hasReached(maxGuesses);
  }

  boolean contains(RequestSource source, Fingerprint code) {
    return cache.getIfPresent(new CodeFrom(source, code)) != null;
  }

  void add(RequestSource source, Fingerprint code) {
    cache.put(new CodeFrom(source, code), true);
  }

  /** Counts a code that was wrong, or was refused without a look. */
  void guessed(RequestSource source, Fingerprint code) {
    guesses.get(source, unused -> new MinuteCounter(ticker)).addUnlessRepeated(code);
  }
}
