package org.certcollect.store;

import java.util.List;

/** The record of every change in a {@link Store}. */
public interface Events {
  /** The events of an order, oldest first. */
  List<Event> ofOrder(long number);

  /** The events of an account itself, without those of its orders, oldest first. */
  List<Event> ofAccount(String login);
}
