package org.certcollect.cli.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.cli.CommandException;
import org.certcollect.cli.transfer.Format.Name;
import org.certcollect.cli.transfer.LineReader.Line;

/** An input of JSON Lines. Used by one thread. */
final class LineSource implements Source {
  private static final int LARGEST = 2 << 20;

  private final LineReader lines;
  private final OptionalLong size;
  private final int batch;
  private final LineRecords records;

  /**
   * Begins behind the header.
   *
   * @param size how many bytes there are, where that is known
   * @param batch the most lines of a chunk
   * @throws CommandException when there is no header, or another one
   */
  LineSource(LineReader lines, OptionalLong size, int batch, LineRecords records)
      throws IOException {
    this.lines = lines;
    this.size = size;
    this.batch = batch;
    this.records = records;
    requireHeader(lines.next());
  }

  @Override
  public Optional<Chunk> next() throws IOException {
    List<Line> some = new ArrayList<>();
    long bytes = 0;
    while (some.size() < batch && bytes < LARGEST) {
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

  private static void requireHeader(Optional<Line> first) {
    try {
      JsonObject header = JsonReader.read(first.map(Line::content).orElse(new byte[0]));
      if (header.text(Name.FORMAT).equals(Format.NAME)) {
        long version = header.number(Name.VERSION);
        if (version == Format.VERSION) {
          header.end();
          return;
        }
        throw CommandException.refused(
            "the input has version %d of the format, this certcollect reads %d: use the newer one"
                .formatted(version, Format.VERSION));
      }
    } catch (UnfitException e) {
      // Whatever it is, it is no header.
    }
    throw CommandException.refused(
        "the input does not begin with the line {\"%s\":\"%s\",\"%s\":%d}; see docs/import.md"
            .formatted(Name.FORMAT, Format.NAME, Name.VERSION, Format.VERSION));
  }
}
