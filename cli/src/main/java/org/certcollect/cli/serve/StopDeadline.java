package org.certcollect.cli.serve;

import java.time.Duration;
import java.util.logging.Logger;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.server.log.LogEvent;

/**
 * The time limit of a stop. If the clean-up hangs, for example on a database that does not answer,
 * the process ends itself before a service manager kills it.
 */
final class StopDeadline {
  private static final Logger LOG = Logger.getLogger("certcollect.serve");

  /** The time that a stop may take before and after the drain deadline. */
  private static final Duration AROUND = Duration.ofSeconds(7);

  private StopDeadline() {}

  /** Ends the process if it is still there some seconds beyond the drain deadline. */
  static void start(Duration drainDeadline) {
    start(drainDeadline.plus(AROUND), () -> Runtime.getRuntime().halt(ExitCode.FAULT));
  }

  static void start(Duration deadline, Runnable halt) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(deadline.toMillis());
              } catch (InterruptedException e) {
                return;
              }
              try {
                LogEvent.warning("The stop takes too long; the process ends now").to(LOG);
              } finally {
                halt.run();
              }
            },
            "stop-deadline");
    thread.setDaemon(true);
    thread.start();
  }
}
