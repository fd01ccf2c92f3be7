package org.certcollect.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineHandlerTest {
  private final CountDownLatch reading = new CountDownLatch(1);
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();

  /** Like a pipe whose reader has stopped. */
  private final OutputStream stuck =
      new OutputStream() {
        @Override
        public void write(int b) {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
          try {
            reading.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          read.write(bytes, offset, length);
        }
      };

  /** Broke once: a log that nobody read hung the server, and its stop. */
  @Test
  void aReaderWhoStopsHoldsUpNobodyAndIsToldWhatWasDropped() {
    LineHandler handler = new LineHandler(stuck, true);
    IntStream.range(0, 30_000).forEach(i -> handler.publish(LogEvent.info("line " + i)));
    reading.countDown();
    handler.flush();
    handler.publish(LogEvent.info("the last"));
    handler.close();

    List<String> lines = read.toString(UTF_8).lines().toList();
    assertThat(lines).hasSizeBetween(10_000, 29_999);
    assertThat(lines).filteredOn(line -> line.contains("Log lines were dropped")).isNotEmpty();
    assertThat(lines.get(0)).contains("\"line 0\"");
    assertThat(lines.get(lines.size() - 1)).containsAnyOf("the last", "dropped");
  }

  /** Broke once: what was counted up to then was forgotten with a line that failed. */
  @Test
  void lostLinesAreCountedInALaterLine() {
    AtomicBoolean full = new AtomicBoolean(true);
    LineHandler handler =
        new LineHandler(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                if (full.get()) {
                  throw new IOException("no space left");
                }
                read.write(b);
              }
            },
            true);
    for (int i = 0; i < 3; i++) {
      handler.publish(LogEvent.info("lost"));
      handler.flush();
    }
    full.set(false);
    handler.publish(LogEvent.info("kept"));
    handler.flush();
    handler.close();

    Matcher told = Pattern.compile("dropped\",\"lines\":(\\d+)").matcher(read.toString(UTF_8));
    assertThat(told.find()).isTrue();
    assertThat(Integer.parseInt(told.group(1))).isGreaterThanOrEqualTo(3);
  }

  /** Broke once: after a full disk the next line was joined to the half that was written. */
  @Test
  void aLineAfterAHalfWrittenOneBeginsOnALineOfItsOwn() {
    AtomicBoolean full = new AtomicBoolean(true);
    LineHandler handler =
        new LineHandler(
            new OutputStream() {
              @Override
              public void write(int b) {
                read.write(b);
              }

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                read.write(bytes, offset, full.get() ? length / 2 : length);
                if (full.getAndSet(false)) {
                  throw new IOException("no space left");
                }
              }
            },
            true);
    handler.publish(LogEvent.info("half"));
    handler.flush();
    handler.publish(LogEvent.info("kept"));
    handler.flush();
    handler.close();

    assertThat(read.toString(UTF_8).lines()).anyMatch(line -> line.matches("\\{.*\"kept\"\\}"));
  }

  @Test
  void flushWritesAllPublishedLines() {
    reading.countDown();
    LineHandler handler = new LineHandler(stuck, false);
    for (int i = 0; i < 100; i++) {
      handler.publish(LogEvent.info("line " + i));
      handler.flush();
      assertThat(read.toString(UTF_8)).contains("line " + i + "\n");
    }
    handler.close();
  }
}
