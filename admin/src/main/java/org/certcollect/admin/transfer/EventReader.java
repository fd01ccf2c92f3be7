package org.certcollect.admin.transfer;

import java.util.List;
import java.util.Optional;
import org.certcollect.admin.transfer.Format.Name;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.transfer.EventRecord;

/** Reads the optional history of a line. */
final class EventReader {
  private EventReader() {}

  static Optional<List<EventRecord>> events(JsonObject line) {
    return line.objects(Name.EVENTS).map(list -> list.stream().map(EventReader::event).toList());
  }

  private static EventRecord event(JsonObject event) {
    EventRecord read =
        new EventRecord(
            event.timestamp(Name.AT),
            actor(event.text(Name.ACTOR)),
            event.text(Name.ACTION),
            event.optionalText(Name.FROM),
            event.optionalText(Name.TO),
            event.optionalText(Name.DETAIL));
    event.end();
    return read;
  }

  private static Actor actor(String name) {
    try {
      return new Actor(name);
    } catch (IllegalArgumentException e) {
      throw new InvalidRecordException("actor must have 1 to 128 characters");
    }
  }
}
