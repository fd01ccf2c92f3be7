package org.certcollect.admin.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Splits a stream into lines, with only one line in memory. Used by one thread. */
public final class LineReader {
  /** The maximum number of bytes that are read at once. */
  static final int BUFFER = 1 << 18;

  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private long number;
  private long bytes;

  /**
   * Creates a reader.
   *
   * @param maxBytes the maximum number of bytes in a line; the content of a longer line is skipped
   */
  public LineReader(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /**
   * A line without its end.
   *
   * @param number the number of the line, counted from 1
   * @param tooLong whether it had more bytes than allowed; then its content is empty
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares lines.
  public record Line(long number, byte[] content, boolean tooLong) {}

  /** The number of bytes read so far. */
  public long bytes() {
    return bytes;
  }

  /** The next line; empty at the end. The last line need not end with a newline. */
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
      tooLong |= parts.size() + (at - from) > maxBytes;
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
