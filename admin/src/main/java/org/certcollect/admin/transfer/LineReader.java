package org.certcollect.admin.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Splits a stream into lines, in memory for one of them. Used by one thread. */
public final class LineReader {
  private static final int BUFFER = 1 << 18;

  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private long number;
  private long bytes;

  /**
   * Reads lines.
   *
   * @param longest the most bytes that a line may have; what a longer one has is passed over
   */
  public LineReader(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /**
   * A line without its end.
   *
   * @param number counted from 1
   * @param tooLong whether it had more bytes than allowed; then its content is empty
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares lines.
  public record Line(long number, byte[] content, boolean tooLong) {}

  /** How many bytes were read so far. */
  public long bytes() {
    return bytes;
  }

  /** The next line; empty at the end. The last one need not be ended. */
  public Optional<Line> next() throws IOException {
    if (!fill()) {
      return Optional.empty();
    }
    number++;
    ByteArrayOutputStream parts = new ByteArrayOutputStream(0);
    boolean tooLong = false;
    while (fill()) {
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      tooLong |= parts.size() + (at - from) > longest;
      if (!tooLong) {
        parts.write(buffer, from, at - from);
      } else {
        parts = new ByteArrayOutputStream(0);
      }
      if (at < end) {
        at++;
        break;
      }
    }
    return Optional.of(new Line(number, parts.toByteArray(), tooLong));
  }

  private boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    at = 0;
    end = Math.max(0, in.read(buffer));
    bytes += end;
    return end > 0;
  }
}
