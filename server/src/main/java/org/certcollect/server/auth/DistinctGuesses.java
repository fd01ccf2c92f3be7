package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Ticker;

/**
 * A count of the different wrong guesses of a minute, up to a limit. A guess that is repeated
 * counts once: clients with outdated passwords send them again and again, and learn nothing from
 * it. Safe for use by many threads; a look at a count below the limit takes no lock.
 */
final class DistinctGuesses {
  private static final long[] NONE = {};
  private static final int MIN_LENGTH = 16;

  private final int limit;
  private final MinuteCounter counter;

  /**
   * A hash table of the guesses, at least half of it empty. 64 bits of a fingerprint stand for a
   * guess; they are random already.
   */
  private long[] table = NONE;

  DistinctGuesses(int limit, Ticker ticker) {
    this.limit = limit;
    counter = new MinuteCounter(ticker);
  }

  /** Whether there were as many guesses as the limit within the minute. */
  boolean haveReachedLimit() {
    return counter.hasReached(limit);
  }

  /** Adds a guess. Returns whether it is the one that reaches the limit. */
  synchronized boolean add(Fingerprint guess) {
    int count = counter.count();
    if (count >= limit || (count > 0 && !insert(guess.first()))) {
      return false;
    }
    int increased = counter.add();
    if (increased == 1) {
      // The minute of the others is over, perhaps since the look at the count.
      table = new long[MIN_LENGTH];
      insert(guess.first());
    } else if (2 * increased > table.length) {
      grow();
    }
    boolean isLast = increased == limit;
    if (isLast) {
      // No further guess of this minute is compared with these.
      table = NONE;
    }
    return isLast;
  }

  /** Inserts a guess, unless it is in the table. 0 marks an empty place. */
  private boolean insert(long guess) {
    int i = (int) guess & (table.length - 1);
    while (table[i] != 0) {
      if (table[i] == guess) {
        return false;
      }
      i = (i + 1) & (table.length - 1);
    }
    table[i] = guess;
    return true;
  }

  private void grow() {
    long[] guesses = table;
    table = new long[2 * guesses.length];
    for (long guess : guesses) {
      if (guess != 0) {
        insert(guess);
      }
    }
  }
}
