package org.certcollect.admin.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.admin.transfer.LineReader.Line;

/** An input of JSON Lines. Used by one thread. */
final class LineSource implements RecordSource {
  private static final int MAX_CHUNK_BYTES = 2 << 20;

  private final LineReader lines;
  private final OptionalLong size;
  private final int batch;
  private final LineRecords records;

  /**
   * Creates a source that begins with the next line.
   *
   * @param size the number of bytes; empty if it is not known
   * @param batch the maximum number of lines in a chunk
   */
  LineSource(LineReader lines, OptionalLong size, int batch, LineRecords records) {
    this.lines = lines;
    this.size = size;
    this.batch = batch;
    this.records = records;
  }

  @Override
  public Optional<Chunk> next() throws IOException {
    List<Line> some = new ArrayList<>();
    long bytes = 0;
    while (some.size() < batch && bytes < MAX_CHUNK_BYTES) {
      Optional<Line> line = lines.next();
      if (line.isEmpty()) {
        break;
      }
      bytes += line.get().content().length;
      some.add(line.get());
    }
    return some.isEmpty()
        ? Optional.empty()
        : Optional.of(new LineChunk(some, lines.bytes(), records));
  }

  @Override
  public OptionalLong size() {
    return size;
  }
}
