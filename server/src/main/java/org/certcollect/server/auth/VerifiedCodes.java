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
  private volatile int maxGuesses;
  private final Ticker ticker;
  private final GuessWarnings warnings;

  /** The codes, each with the guesses at codes from its source. */
  private final Cache<CodeFrom, DistinctGuesses> cache;

  /** The guesses of each source that has a code in the cache, and no longer than it has one. */
  private final Cache<RequestSource, DistinctGuesses> guesses;

  private record CodeFrom(RequestSource source, Fingerprint code) {}

  VerifiedCodes(AuthConfig config, GuessWarnings warnings, Ticker ticker) {
    limit(config);
    this.ticker = ticker;
    this.warnings = warnings;
    cache = VerifiedLogins.cache(config, ticker);
    guesses = Caffeine.newBuilder().weakValues().executor(Runnable::run).build();
  }

  /** Sets another limit of guesses. */
  void limit(AuthConfig config) {
    maxGuesses = VerifiedLogins.maxGuesses(config);
  }

  /** Whether so much was guessed at codes from this source that all are suspended there. */
  boolean areSuspended(RequestSource source) {
    DistinctGuesses atSource = guesses.getIfPresent(source);
    return atSource != null && atSource.haveReachedLimit();
  }

  boolean contains(RequestSource source, Fingerprint code) {
    return cache.getIfPresent(new CodeFrom(source, code)) != null;
  }

  void add(RequestSource source, Fingerprint code) {
    cache.put(
        new CodeFrom(source, code),
        guesses.get(source, unused -> new DistinctGuesses(maxGuesses, ticker)));
  }

  /** Counts a code that was wrong, or was refused without a look. */
  void guessed(RequestSource source, Fingerprint code) {
    DistinctGuesses atSource = guesses.getIfPresent(source);
    if (atSource != null && atSource.add(code)) {
      warnings.codesSuspended(source);
    }
  }
}
