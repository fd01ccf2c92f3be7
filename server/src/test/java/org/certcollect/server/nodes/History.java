package org.certcollect.server.nodes;

import java.util.ArrayList;
import java.util.List;

/**
 * The past, current and possible next states of a thing. Each state is recorded before the change
 * to it begins, and counts as acknowledged when the change has returned. One thread changes it, and
 * others read it.
 */
final class History<T> {
  private final List<T> states = new ArrayList<>();
  private int acknowledged;

  History(T first) {
    states.add(first);
  }

  void change(T to, Runnable change) {
    synchronized (this) {
      states.add(to);
    }
    change.run();
    synchronized (this) {
      acknowledged = states.size() - 1;
    }
  }

  /** The number of the last state that was acknowledged. */
  synchronized int acknowledged() {
    return acknowledged;
  }

  synchronized T last() {
    return states.get(acknowledged);
  }

  /** All states from one on to the newest that was begun. */
  synchronized List<T> since(int oldest) {
    return List.copyOf(states.subList(oldest, states.size()));
  }

  synchronized T at(int number) {
    return states.get(number);
  }
}
