package org.certcollect.admin.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * The end of a file of a chain. It is found by reading backwards, so that the size of the file does
 * not matter.
 *
 * @param length the size of the complete lines
 * @param last the last record; empty if there is none
 * @param isDamaged whether the last line is no record, or was changed
 * @param torn the bytes after the last complete line
 */
@SuppressWarnings("ArrayRecordComponent")
record SegmentEnd(long length, Optional<AuditLine> last, boolean isDamaged, byte[] torn) {
  /** Larger than almost every line. */
  private static final int WINDOW = 1 << 13;

  private static final int MAX_WINDOW = 1 << 25;

  static SegmentEnd of(Path file) throws IOException {
    try (FileChannel in =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = in.size();
      for (long window = WINDOW; ; window *= 2) {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(window, size));
        long from = size - bytes.capacity();
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
          read = in.read(bytes, from + bytes.position());
        }
        SegmentEnd end = of(Arrays.copyOf(bytes.array(), bytes.position()), from);
        if (end.last.isPresent() || from == 0 || window == MAX_WINDOW) {
          return end;
        }
      }
    }
  }

  private static SegmentEnd of(byte[] bytes, long from) {
    int complete = lineStart(bytes, bytes.length);
    boolean isDamaged = false;
    Optional<AuditLine> last = Optional.empty();
    // Without a line's end before it, the first line may have begun before the window.
    for (int end = complete; end > 0 && last.isEmpty(); ) {
      int start = lineStart(bytes, end - 1);
      last =
          start == 0 && from > 0
              ? Optional.empty()
              : AuditLine.parse(Arrays.copyOfRange(bytes, start, end - 1));
      isDamaged |= last.filter(AuditLine::isIntact).isEmpty();
      end = start;
    }
    return new SegmentEnd(
        from + complete, last, isDamaged, Arrays.copyOfRange(bytes, complete, bytes.length));
  }

  /** The place after the last line's end before a place; 0 if there is none. */
  private static int lineStart(byte[] bytes, int before) {
    int start = before;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  /** The beginning of the bytes that were torn, for a record. */
  String tornText(int max) {
    return new String(torn, 0, Math.min(max, torn.length), US_ASCII);
  }
}
