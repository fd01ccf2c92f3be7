package org.certcollect.server.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** The processor time that the password checks of this process took. */
public final class PasswordChecks {
  /** Less than any check takes, and more than a thread takes to end its last one. */
  public static final long MIN_CPU_NANOS = Duration.ofMillis(5).toNanos();

  private PasswordChecks() {}

  /** The processor time of all checks so far, in nanoseconds. */
  public static long cpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("password-check"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getId()))
        .sum();
  }
}
