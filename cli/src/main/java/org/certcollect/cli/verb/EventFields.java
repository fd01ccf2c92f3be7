package org.certcollect.cli.verb;

import java.util.Locale;
import org.certcollect.cli.output.Fields;
import org.certcollect.store.Event;

/** What is printed of a change. */
public final class EventFields {
  private EventFields() {}

  public static Fields of(Event event) {
    return new Fields()
        .add("at", event.at())
        .add("actor", event.actor())
        .add("action", event.action())
        .add("from", event.from().map(EventFields::word))
        .add("to", event.to().map(EventFields::word))
        .add("detail", event.detail());
  }

  private static String word(String state) {
    return state.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
