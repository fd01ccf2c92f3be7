package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.certcollect.server.config.AuthConfig;

/**
 * Counts wrong guesses, by source and by what was guessed at from there, and tells when they are
 * too many. A count ends a minute after its first guess. What one source does never holds back
 * another. Bounded in memory; safe for use by many threads.
 */
public final class Guesses {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_COUNTS = 200_000;

  private final int perTarget;
  private final int perSource;
  private final Cache<Guess, AtomicInteger> counts;

  /** What is counted: guesses from a source at a target, or at anything. */
  private record Guess(Source source, String target) {}

  public Guesses(AuthConfig config, Ticker ticker) {
    perTarget = config.guessesPerLogin();
    perSource = config.guessesPerSource();
    counts =
        Caffeine.newBuilder()
            .expireAfterWrite(WINDOW)
            .maximumSize(MAX_COUNTS)
            // To wake another thread costs more than the little there is to tidy.
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
  }

  /** Whether no further guess of this source at this target is heard. */
  boolean areTooMany(Source source, String target) {
    return count(new Guess(source, target)) >= perTarget || count(anything(source)) >= perSource;
  }

  /** A wrong guess was made. */
  void wrong(Source source, String target) {
    increment(new Guess(source, target));
    increment(anything(source));
  }

  private static Guess anything(Source source) {
    return new Guess(source, "");
  }

  private int count(Guess guess) {
    AtomicInteger count = counts.getIfPresent(guess);
    return count == null ? 0 : count.get();
  }

  private void increment(Guess guess) {
    counts.get(guess, unused -> new AtomicInteger()).incrementAndGet();
  }
}
