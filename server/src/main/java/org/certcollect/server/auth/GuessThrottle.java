package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.List;
import java.util.OptionalLong;
import org.certcollect.server.config.AuthConfig;

/**
 * Counts wrong guesses at logins and at collection codes, and tells when a source has made too many
 * and is throttled: its further guesses are refused without a look at whether they are right. A
 * count ends a minute after its first guess.
 *
 * <p>Guesses are counted for each source with each login, for each source with all collection
 * codes, and for each source in total. The /56 and /48 networks around an IPv6 source are counted
 * as well, with twice and four times the limits, since one customer may command all of them and no
 * single /64 may stop its neighbours. A login is never throttled for what other sources did, or any
 * stranger could lock its owner out: guesses at one login from all sources together only end in a
 * warning.
 *
 * <p>Bounded in memory: only guesses that were looked up or hashed make a new count, never those
 * that were refused. Safe for use by many threads.
 */
final class GuessThrottle {
  private static final int MAX_COUNTS = 200_000;

  private volatile int perTarget;
  private volatile int perSource;
  private final Ticker ticker;
  private final Cache<Guess, MinuteCounter> bySourceAndTarget;
  private final Cache<RequestSource, MinuteCounter> bySource;
  private final Cache<GuessTarget, Total> byTarget;
  private final GuessWarnings warnings;

  /** The target of a guess. */
  sealed interface GuessTarget permits LoginTarget, CodesTarget {}

  /** The password of a login. */
  record LoginTarget(String login) implements GuessTarget {}

  /** Any collection code. */
  record CodesTarget() implements GuessTarget {}

  private record Guess(RequestSource source, GuessTarget target) {}

  /**
   * Guesses at one target from all sources.
   *
   * @param account the account whose password is guessed at, if the login is one
   */
  private record Total(MinuteCounter counter, OptionalLong account) {}

  GuessThrottle(AuthConfig config, GuessWarnings warnings, Ticker ticker) {
    limit(config);
    this.ticker = ticker;
    bySourceAndTarget = cache();
    bySource = cache();
    byTarget = cache();
    this.warnings = warnings;
  }

  /** Sets other limits. The guesses that were counted stay. */
  void limit(AuthConfig config) {
    perTarget = config.guessesPerLogin();
    perSource = config.guessesPerSource();
  }

  private <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder()
        .expireAfterWrite(MinuteCounter.WINDOW)
        .maximumSize(MAX_COUNTS)
        // The cache's maintenance is too short to be worth another thread.
        .executor(Runnable::run)
        .ticker(ticker)
        .build();
  }

  /** Whether guesses of this source at this target are refused. */
  boolean isThrottled(RequestSource source, GuessTarget target) {
    List<RequestSource> networks = source.networks();
    int factor = 1 << networks.size();
    for (RequestSource network : networks) {
      factor /= 2;
      if (hasReached(bySourceAndTarget, new Guess(network, target), factor * perTarget)
          || hasReached(bySource, network, factor * perSource)) {
        return true;
      }
    }
    return false;
  }

  /** The number of sources, and of networks around them, whose guesses are all refused now. */
  long throttledSources() {
    return bySource.asMap().entrySet().stream()
        .filter(entry -> entry.getValue().hasReached(factor(entry.getKey()) * perSource))
        .count();
  }

  /** The factor of a network's limit, by its size. */
  private static int factor(RequestSource network) {
    return network.name().endsWith("/48") ? 4 : network.name().endsWith("/56") ? 2 : 1;
  }

  /** Whether this source made a wrong guess within the minute. */
  boolean hasGuessed(RequestSource source) {
    return hasReached(bySource, source, 1);
  }

  /**
   * Counts a wrong guess.
   *
   * @param account the account that has the login, if one has; only such a login is warned about
   */
  void wrong(RequestSource source, GuessTarget target, OptionalLong account) {
    List<RequestSource> networks = source.networks();
    int factor = 1 << networks.size();
    for (RequestSource network : networks) {
      factor /= 2;
      add(bySourceAndTarget, new Guess(network, target));
      if (add(bySource, network) == factor * perSource) {
        warnings.source(network);
      }
    }
    Total total = byTarget.get(target, unused -> new Total(new MinuteCounter(ticker), account));
    add(source, target, total);
  }

  /**
   * Counts a guess that was refused without a look. It adds to no source's count: a client with an
   * outdated password, polling on, must not throttle the other logins behind its NAT.
   */
  void refused(RequestSource source, GuessTarget target) {
    Total total = byTarget.getIfPresent(target);
    if (total != null) {
      add(source, target, total);
    }
  }

  private void add(RequestSource source, GuessTarget target, Total total) {
    if (total.counter.add() == perSource) {
      if (target instanceof CodesTarget) {
        warnings.codes(source);
      }
      total.account.ifPresent(account -> warnings.account(account, source));
    }
  }

  private static <K> boolean hasReached(Cache<K, MinuteCounter> counts, K key, int limit) {
    MinuteCounter counter = counts.getIfPresent(key);
    return counter != null && counter.hasReached(limit);
  }

  private <K> int add(Cache<K, MinuteCounter> counts, K key) {
    return counts.get(key, unused -> new MinuteCounter(ticker)).add();
  }
}
