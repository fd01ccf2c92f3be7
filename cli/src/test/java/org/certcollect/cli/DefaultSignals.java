package org.certcollect.cli;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A prefix for commands, under which a child handles every signal in the default way.
 *
 * <p>A build that runs in the background or under {@code nohup} ignores SIGINT or SIGHUP, its
 * children inherit that, and a JVM leaves an ignored signal ignored.
 */
final class DefaultSignals {
  private static final List<String> ENV = List.of("env", "--default-signal");

  /** Empty if this system's {@code env} cannot do it. */
  static final List<String> PREFIX = isAvailable() ? ENV : List.of();

  private DefaultSignals() {}

  /** Skips the test if the child may ignore the signal that is about to be sent. */
  static void assumeDelivered() {
    assumeFalse(PREFIX.isEmpty(), "env --default-signal (coreutils 8.31 or later) is missing");
  }

  private static boolean isAvailable() {
    try {
      Process process =
          new ProcessBuilder(ENV.get(0), ENV.get(1), "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
