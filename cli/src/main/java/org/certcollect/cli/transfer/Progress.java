package org.certcollect.cli.transfer;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.certcollect.admin.transfer.Importer;

/**
 * The progress display of a long command. On a terminal it is one line that is overwritten,
 * elsewhere a line every ten seconds. Used by one thread; another one may pause it while the
 * program is being ended, and a line may still follow.
 */
public final class Progress {
  private static final Duration ON_TERMINAL = Duration.ofMillis(250);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);

  private final PrintWriter err;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private long last = start;
  private volatile boolean open;

  public Progress(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  void at(Importer.Counts counts, long position, OptionalLong size) {
    show(() -> line(counts.records(), position, size, Duration.ofNanos(System.nanoTime() - start)));
  }

  /** Shows a line, unless the last one was shown a moment ago. */
  public void show(Supplier<String> text) {
    long now = System.nanoTime();
    if (now - last < (terminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
      return;
    }
    last = now;
    String line = text.get();
    if (terminal) {
      // Return to the start of the line, and erase the rest of a longer one.
      err.print("\r" + line + "\u001b[K");
      open = true;
    } else {
      err.println(line);
    }
    err.flush();
  }

  /** Ends the line on the terminal, so that something else can be printed. */
  public void pause() {
    if (open) {
      err.println();
      err.flush();
      open = false;
    }
  }

  static String line(long records, long position, OptionalLong size, Duration passed) {
    double seconds = Math.max(0.001, passed.toNanos() / 1e9);
    // The size of an input that grows while it is read tells nothing.
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
