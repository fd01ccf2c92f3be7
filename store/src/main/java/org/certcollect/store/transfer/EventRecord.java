package org.certcollect.store.transfer;

import java.time.Instant;
import java.util.Optional;
import org.certcollect.store.domain.Actor;

/**
 * An {@link org.certcollect.store.Event} without the fields that the record around it has already.
 *
 * @param actor who made the change
 * @param action what was done, for example {@code order.issue}
 */
public record EventRecord(
    Instant at,
    Actor actor,
    String action,
    Optional<String> from,
    Optional<String> to,
    Optional<String> detail) {
  /** An event without states and detail. */
  public static EventRecord of(Instant at, Actor actor, String action) {
    return new EventRecord(at, actor, action, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public EventRecord from(String state) {
    return new EventRecord(at, actor, action, Optional.of(state), to, detail);
  }

  public EventRecord to(String state) {
    return new EventRecord(at, actor, action, from, Optional.of(state), detail);
  }

  public EventRecord detail(Optional<String> text) {
    return new EventRecord(at, actor, action, from, to, text);
  }
}
