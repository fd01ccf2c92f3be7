package org.certcollect.bench.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a server that has been started. */
final class Readiness {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Readiness() {}

  /** Something to ask a server; it fails as long as nobody listens. */
  interface Question {
    boolean answered() throws IOException;
  }

  static void await(Process server, Question question) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (question.answered()) {
          return;
        }
      } catch (IOException e) {
        if (!server.isAlive() || System.nanoTime() > end) {
          throw new BenchException("a server does not answer: its log is in target/bench", e);
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
