package org.certcollect.store.jdbc;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as the store keeps them: in milliseconds. */
public final class Moments {
  private Moments() {}

  public static Instant now(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
