package org.certcollect.store.testing;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The fault that a {@link FaultProxy} makes with the data that passes through it. Safe for use by
 * many threads.
 */
final class FaultSwitch {
  enum Fault {
    NONE,
    STALL,
    DELAY,
    RESET,
    LOSE
  }

  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Fault fault = Fault.NONE;
  private long nanos;

  void set(Fault wanted, Duration time) {
    lock.lock();
    try {
      fault = wanted;
      nanos = time.toNanos();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a piece may go on.
   *
   * @return how much of it: what is less than the whole is the last to go through
   */
  int passes(int length, boolean answer) throws InterruptedException {
    lock.lock();
    try {
      long start = System.nanoTime();
      while (isHeld(answer) && System.nanoTime() - start < nanos) {
        changed.awaitNanos(nanos);
      }
      return answer ? allowed(length) : length;
    } finally {
      lock.unlock();
    }
  }

  private boolean isHeld(boolean answer) {
    return fault == Fault.STALL || (fault == Fault.DELAY && answer);
  }

  private int allowed(int length) {
    return switch (fault) {
      case RESET -> length / 2;
      case LOSE -> 0;
      case NONE, STALL, DELAY -> length;
    };
  }
}
