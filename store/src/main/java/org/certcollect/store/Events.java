package org.certcollect.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The record of every change in a {@link Store}. */
public interface Events {
  /** The events of an order, oldest first. */
  List<Event> ofOrder(long number);

  /** The events of an account itself, without those of its orders, oldest first. */
  List<Event> ofAccount(String login);

  /** A page of events of any kind, oldest first. */
  List<Event> list(EventFilter filter);

  /**
   * A filter of events, and one page of the list. Events of the same time are in the order of their
   * ids, and those of an order in that order alone.
   *
   * @param since only events at this time or later
   * @param actor only events of this actor
   * @param order only events of this order
   * @param after only events after the one with this id; 0 for the first page
   * @param limit the maximum number of events
   */
  record EventFilter(
      Optional<Instant> since, Optional<String> actor, OptionalLong order, long after, int limit) {}
}
