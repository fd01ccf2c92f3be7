package org.certcollect.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * A handler that writes log lines on a thread of its own, so that a reader who stops reading delays
 * the log and nothing else. After each write the thread pauses for 10 ms: to wake it for each line
 * would cost more than to write the line, and a burst would delay other threads on its core. While
 * too many lines wait, further ones are dropped and counted. Safe for use by many threads.
 */
final class LineHandler extends Handler {
  private static final int MAX_WAITING = 10_000;
  private static final long MAX_FLUSH_SECONDS = 2;
  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();
  private static final CountDownLatch NOBODY_WAITS = new CountDownLatch(0);

  private final BlockingQueue<QueuedLine> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicLong dropped = new AtomicLong();
  private final OutputStream stream;
  private final Thread writer;

  /** Whether the last write failed; used by the writer's thread only. */
  private boolean failed;

  /** A line, and the latch that is counted down when it was written. */
  private record QueuedLine(String text, CountDownLatch written) {}

  LineHandler(OutputStream stream, boolean json) {
    this.stream = stream;
    setFormatter(new LogFormatter(json));
    writer = new Thread(this::write, "log");
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public void publish(LogRecord event) {
    if (isLoggable(event) && !offer(getFormatter().format(event))) {
      dropped.incrementAndGet();
    }
  }

  private boolean offer(String line) {
    return waiting.offer(new QueuedLine(line, NOBODY_WAITS));
  }

  private void write() {
    List<QueuedLine> lines = new ArrayList<>();
    try {
      while (true) {
        lines.add(waiting.take());
        waiting.drainTo(lines);
        write(lines);
        lines.forEach(line -> line.written.countDown());
        lines.clear();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (InterruptedException e) {
      // The handler was closed.
    }
  }

  private void write(List<QueuedLine> lines) {
    StringBuilder text = new StringBuilder();
    if (failed) {
      // The failed write may have written half a line, which must not be joined to the next line.
      text.append('\n');
    }
    lines.forEach(line -> text.append(line.text));
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      text.append(
          getFormatter().format(LogEvent.warning("Log lines were dropped").with("lines", lost)));
    }
    try {
      stream.write(text.toString().getBytes(UTF_8));
      stream.flush();
      failed = false;
    } catch (IOException e) {
      // There is no other place to report that the log cannot be written.
      failed = true;
      dropped.addAndGet(lost + lines.size());
    }
  }

  /** Waits until the lines published before are written, for at most two seconds. */
  @Override
  public void flush() {
    CountDownLatch written = new CountDownLatch(1);
    try {
      boolean offered = waiting.offer(new QueuedLine("", written), MAX_FLUSH_SECONDS, SECONDS);
      LockSupport.unpark(writer);
      if (offered && !written.await(MAX_FLUSH_SECONDS, SECONDS)) {
        dropped.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    flush();
    writer.interrupt();
  }
}
