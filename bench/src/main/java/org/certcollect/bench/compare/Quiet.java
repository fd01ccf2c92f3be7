package org.certcollect.bench.compare;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A core on which nothing runs any more, such as requests whose client has gone. */
final class Quiet {
  private static final long SLICE_MILLIS = 100;
  private static final int MOST_SLICES = 100;
  private static final double MOST_BUSY = 0.15;

  private Quiet() {}

  /** Waits for it, but not for ever: what is busy all the time is none of ours. */
  static void await(int core) {
    for (int i = 0; i < MOST_SLICES; i++) {
      CoreTicks before = CoreTicks.now(core);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS));
      if (CoreTicks.now(core).busySince(before) <= MOST_BUSY) {
        return;
      }
    }
  }
}
