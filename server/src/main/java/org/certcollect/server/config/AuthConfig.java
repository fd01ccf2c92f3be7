package org.certcollect.server.config;

import java.time.Duration;

/**
 * How logins are checked and guesses held back.
 *
 * @param verifiedEntries how many logins with a right password are remembered
 * @param verifiedFor how long each is after its last use: one that polls is never taken for a guess
 * @param guessesPerLogin wrong guesses a minute from one source for one login before it is
 *     throttled; at least 20 (reading of the specification, section 3, step 6)
 * @param guessesPerSource wrong guesses a minute from one source, whatever the login; at least 20
 * @param queue how many password checks may wait for a core
 */
public record AuthConfig(
    int verifiedEntries,
    Duration verifiedFor,
    int guessesPerLogin,
    int guessesPerSource,
    int queue) {

  /** What holds where nothing is set. */
  public static final AuthConfig DEFAULT =
      new AuthConfig(100_000, Duration.ofMinutes(10), 20, 100, 100);

  public AuthConfig {
    if (verifiedEntries < 1 || queue < 1 || verifiedFor.isNegative() || verifiedFor.isZero()) {
      throw new IllegalArgumentException("sizes and times must be greater than 0");
    }
    if (guessesPerLogin < 20 || guessesPerSource < 20) {
      throw new IllegalArgumentException("throttling begins after 20 wrong guesses or more");
    }
  }
}
