package org.certcollect.admin.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A reader of the lines of a chain, which goes on when more were written and from file to file. Not
 * safe for use by many threads.
 */
final class AuditTail implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Supplier<List<Path>> segments;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Optional<Path> file = Optional.empty();
  private InputStream in = InputStream.nullInputStream();
  private int start;
  private int end;
  private long number;

  /**
   * A line as it stands.
   *
   * @param number its number in the file, from 1
   * @param bytes the line without its end
   * @param complete whether it has an end
   */
  @SuppressWarnings("ArrayRecordComponent")
  record RawLine(Path file, long number, byte[] bytes, boolean complete) {
    /** File and number, for messages. */
    String place() {
      return file.getFileName() + " line " + number;
    }
  }

  /**
   * Creates a reader.
   *
   * @param segments the files there are now, in their order; asked again at the end of each file
   */
  AuditTail(Supplier<List<Path>> segments) {
    this.segments = segments;
  }

  static AuditTail of(List<Path> segments) {
    return new AuditTail(() -> segments);
  }

  /**
   * The next line. A line without an end is one only if another file follows; else it may be under
   * way, and the next call looks again.
   *
   * @return empty if there is none yet
   */
  Optional<RawLine> next() {
    try {
      while (true) {
        boolean buffered = start < end;
        // This look comes before the end of the file is seen: a file ends before the next begins.
        Optional<Path> following = buffered ? Optional.empty() : following();
        if (readLine()) {
          return Optional.of(take(true));
        }
        if (buffered) {
          continue;
        }
        if (following.isEmpty()) {
          return Optional.empty();
        }
        Optional<RawLine> torn = line.size() > 0 ? Optional.of(take(false)) : Optional.empty();
        open(following.get());
        if (torn.isPresent()) {
          return torn;
        }
      }
    } catch (IOException e) {
      throw new AuditException(file.orElse(Path.of("audit")), "read", e);
    }
  }

  private Optional<Path> following() {
    return segments.get().stream()
        .filter(next -> file.isEmpty() || next.compareTo(file.get()) > 0)
        .findFirst();
  }

  private void open(Path next) throws IOException {
    in.close();
    file = Optional.of(next);
    in = Files.newInputStream(next, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    number = 0;
  }

  /** Adds bytes up to the end of the line, and returns whether the line is complete. */
  private boolean readLine() throws IOException {
    while (true) {
      for (int i = start; i < end; i++) {
        if (buffer[i] == '\n') {
          line.write(buffer, start, i - start);
          start = i + 1;
          return true;
        }
      }
      line.write(buffer, start, end - start);
      start = 0;
      end = Math.max(0, in.read(buffer));
      if (end == 0) {
        return false;
      }
    }
  }

  private RawLine take(boolean complete) {
    number++;
    RawLine taken = new RawLine(file.orElseThrow(), number, line.toByteArray(), complete);
    line.reset();
    return taken;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
