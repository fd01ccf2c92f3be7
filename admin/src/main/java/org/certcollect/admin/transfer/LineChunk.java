package org.certcollect.admin.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.certcollect.admin.InvalidInputException;
import org.certcollect.admin.transfer.Format.Name;
import org.certcollect.admin.transfer.LineReader.Line;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.transfer.TransferRecord;

/** A chunk of lines. Used by one thread. */
final class LineChunk implements RecordSource.Chunk {
  private final long position;
  private final LineRecords records;
  private final List<Supplier<Item>> rest = new ArrayList<>();
  private List<Line> lines;

  LineChunk(List<Line> lines, long position, LineRecords records) {
    this.lines = lines;
    this.position = position;
    this.records = records;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void read() {
    lines.stream().filter(line -> line.tooLong() || !isBlank(line.content())).forEach(this::read);
    lines = List.of();
  }

  @Override
  public List<Item> check() {
    List<Item> items = new ArrayList<>();
    for (Supplier<Item> item : rest) {
      items.add(item.get());
    }
    return items;
  }

  private void read(Line line) {
    Item.Place place = Item.Place.line(line.number());
    try {
      if (line.tooLong()) {
        throw new InvalidRecordException("it has more than " + Format.MAX_LINE_BYTES + " bytes");
      }
      JsonObject object = JsonReader.read(line.content());
      OptionalLong number = object.peekNumber(Name.NUMBER);
      if (records.isCa(object)) {
        Item item = attempt(place, number, () -> records.ca(object, line.number()));
        rest.add(() -> item);
      } else {
        rest.add(() -> attempt(place, number, () -> records.other(object, line.number())));
      }
    } catch (InvalidRecordException e) {
      Item item = new Item.Invalid(place, OptionalLong.empty(), String.valueOf(e.getMessage()));
      rest.add(() -> item);
    }
  }

  /** Reads a record; if that fails, the result tells why. */
  static Item attempt(Item.Place place, OptionalLong number, Supplier<TransferRecord> record) {
    try {
      return new Item.Valid(place, number, record.get());
    } catch (InvalidRecordException | RefusedException | InvalidInputException e) {
      return new Item.Invalid(place, number, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
