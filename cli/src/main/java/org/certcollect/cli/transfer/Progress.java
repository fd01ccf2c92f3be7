package org.certcollect.cli.transfer;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells how far an import has come: on a terminal in one line that is written over, elsewhere in a
 * line every ten seconds. Used by one thread.
 */
final class Progress {
  private static final Duration ON_TERMINAL = Duration.ofMillis(250);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);

  private final PrintWriter err;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private long last = start;
  private boolean open;

  Progress(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** Tells it if it is time to. */
  void at(long records, long position, OptionalLong size) {
    long now = System.nanoTime();
    if (now - last < (terminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
      return;
    }
    last = now;
    String line = line(records, position, size, Duration.ofNanos(now - start));
    if (terminal) {
      // To the line's start, and behind the text whatever was longer before is erased.
      err.print("\r" + line + "\u001b[K");
      open = true;
    } else {
      err.println(line);
    }
    err.flush();
  }

  /** Leaves the terminal's line, so that something else can be said. */
  void pause() {
    if (open) {
      err.println();
      err.flush();
      open = false;
    }
  }

  static String line(long records, long position, OptionalLong size, Duration passed) {
    double seconds = Math.max(0.001, passed.toNanos() / 1e9);
    // What grows while it is read has no size that tells anything.
    boolean tells = size.isPresent() && position > 0 && position <= size.getAsLong();
    Optional<Duration> left =
        tells
            ? Optional.of(
                Duration.ofSeconds(Math.round(seconds * (size.getAsLong() - position) / position)))
            : Optional.empty();
    String share =
        tells ? String.format(Locale.ROOT, ", %d %%", 100 * position / size.getAsLong()) : "";
    return String.format(
        Locale.ROOT,
        "%,d records, %,d a second%s%s",
        records,
        (long) (records / seconds),
        share,
        left.map(time -> ", " + words(time) + " left").orElse(""));
  }

  private static String words(Duration time) {
    return time.toHours() > 0
        ? String.format(Locale.ROOT, "%d h %d min", time.toHours(), time.toMinutesPart())
        : time.toMinutes() > 0
            ? String.format(Locale.ROOT, "%d min %d s", time.toMinutes(), time.toSecondsPart())
            : time.toSeconds() + " s";
  }
}
