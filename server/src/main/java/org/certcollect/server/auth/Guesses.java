package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.log.LogEvent;

/**
 * Counts wrong guesses, by source and by what was guessed at from there, and tells when they are
 * too many. A count ends a minute after its first guess. What one source does never holds back
 * another. Bounded in memory; safe for use by many threads.
 */
public final class Guesses {
  private static final Logger LOG = Logger.getLogger("certcollect.auth");
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_COUNTS = 200_000;

  private final int perTarget;
  private final int perSource;
  private final Ticker ticker;
  private final AtomicLong quietUntil;
  private final Cache<Guess, AtomicInteger> counts;

  /** What is counted: guesses from a source at a target, or at anything. */
  private record Guess(Source source, String target) {}

  public Guesses(AuthConfig config, Ticker ticker) {
    perTarget = config.guessesPerLogin();
    perSource = config.guessesPerSource();
    this.ticker = ticker;
    quietUntil = new AtomicLong(ticker.read());
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
    if (increment(anything(source)) == perSource) {
      warn(source);
    }
  }

  /** Once a minute at most: a stranger commands many sources, and each would have its line. */
  private void warn(Source source) {
    long now = ticker.read();
    long until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + WINDOW.toNanos())) {
      LogEvent.warning(
              "Too many wrong guesses from one source: until a minute after the first, it is heard"
                  + " for remembered logins alone. All clients of a balancer or a proxy that is not"
                  + " in proxy.trusted are one source")
          .with("source", source.name())
          .to(LOG);
    }
  }

  private static Guess anything(Source source) {
    return new Guess(source, "");
  }

  private int count(Guess guess) {
    AtomicInteger count = counts.getIfPresent(guess);
    return count == null ? 0 : count.get();
  }

  private int increment(Guess guess) {
    return counts.get(guess, unused -> new AtomicInteger()).incrementAndGet();
  }
}
