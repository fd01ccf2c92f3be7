package org.certcollect.store;

import java.util.List;

/** The record of every change in a {@link Store}. */
public interface Events {
  /** What happened to an order, oldest first. */
  List<Event> ofOrder(long number);

  /** What happened to an account itself, oldest first. */
  List<Event> ofAccount(String login);
}
