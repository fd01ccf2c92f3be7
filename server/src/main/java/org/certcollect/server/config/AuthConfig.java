package org.certcollect.server.config;

import java.time.Duration;

/**
 * Settings of password checks and of the throttling of wrong guesses.
 *
 * @param verifiedEntries maximum number of verified logins in the cache
 * @param verifiedFor time that a verified login stays in the cache after its last use; a client
 *     that polls is always in it
 * @param guessesPerLogin wrong guesses a minute from one source for one login before that is
 *     throttled; at least 20 (docs/protocol.md, section 3). Ten times as many suspend a verified
 *     login at its own source
 * @param guessesPerSource wrong guesses a minute from one source, whatever the login, before all of
 *     it is throttled; at least 20. As many at one login, from all sources, are warned about
 * @param queue maximum number of password checks that wait for a core
 */
public record AuthConfig(
    int verifiedEntries,
    Duration verifiedFor,
    int guessesPerLogin,
    int guessesPerSource,
    int queue) {

  /** The default settings. */
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
