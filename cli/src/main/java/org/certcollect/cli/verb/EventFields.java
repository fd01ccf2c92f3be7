package org.certcollect.cli.verb;

import org.certcollect.admin.EnumWords;
import org.certcollect.cli.output.Fields;
import org.certcollect.store.Event;

/** The printed fields of an event. */
public final class EventFields {
  private EventFields() {}

  public static Fields of(Event event) {
    return new Fields()
        .add("at", event.at())
        .add("actor", event.actor())
        .add("action", event.action())
        .add("from", event.from().map(EnumWords::of))
        .add("to", event.to().map(EnumWords::of))
        .add("detail", event.detail());
  }
}
