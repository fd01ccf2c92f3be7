package org.certcollect.server.auth;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bounded queue that is shared fairly among the sources of its elements.
 *
 * <p>Sources are served in turn, however many elements each has. When the queue is full, the source
 * with the most elements loses its latest one, so that a source may use all of a queue that nobody
 * else needs, but never keeps others out. IPv6 sources share the turn of their /48 network, within
 * it that of their /56, and within that each /64 has its own. All sources that guessed wrong lately
 * share one turn, so that not even many of them keep out one that did not. Not safe for use by many
 * threads.
 */
final class FairQueue<T> {
  private final int capacity;
  private final Group<T> root = new Group<>();

  /** The group of the sources that guessed wrong lately. */
  private enum Shared {
    GUESSERS
  }

  /** The elements of one network: in groups of the networks within it, or its own. */
  private static final class Group<T> {
    private final Map<Object, Group<T>> groups = new LinkedHashMap<>();
    private final Deque<T> elements = new ArrayDeque<>();
    private int size;

    void add(List<Object> path, T element) {
      size++;
      if (path.isEmpty()) {
        elements.addLast(element);
      } else {
        groups
            .computeIfAbsent(path.get(0), unused -> new Group<>())
            .add(path.subList(1, path.size()), element);
      }
    }

    /** Takes the first element of the group whose turn it is; that group is the last then. */
    T removeNext() {
      size--;
      if (groups.isEmpty()) {
        return elements.removeFirst();
      }
      Iterator<Map.Entry<Object, Group<T>>> turns = groups.entrySet().iterator();
      Map.Entry<Object, Group<T>> turn = turns.next();
      Object key = turn.getKey();
      Group<T> group = turn.getValue();
      turns.remove();
      T element = group.removeNext();
      if (group.size > 0) {
        groups.put(key, group);
      }
      return element;
    }

    /** Takes the latest element of the largest group; of several, the one whose turn is last. */
    T removeExcess() {
      size--;
      if (groups.isEmpty()) {
        return elements.removeLast();
      }
      Iterator<Map.Entry<Object, Group<T>>> turns = groups.entrySet().iterator();
      Map.Entry<Object, Group<T>> largest = turns.next();
      while (turns.hasNext()) {
        Map.Entry<Object, Group<T>> turn = turns.next();
        if (turn.getValue().size >= largest.getValue().size) {
          largest = turn;
        }
      }
      Group<T> group = largest.getValue();
      T element = group.removeExcess();
      if (group.size == 0) {
        groups.remove(largest.getKey());
      }
      return element;
    }
  }

  FairQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds an element.
   *
   * @param guessed whether the source guessed wrong lately
   * @return the element that has no place any more, if the queue was full: one of the source with
   *     the most, which may be the new one itself
   */
  Optional<T> add(RequestSource source, boolean guessed, T element) {
    root.add(path(source, guessed), element);
    return root.size > capacity ? Optional.of(root.removeExcess()) : Optional.empty();
  }

  int size() {
    return root.size;
  }

  /** Takes the next element; empty if there is none. */
  Optional<T> poll() {
    return root.size == 0 ? Optional.empty() : Optional.of(root.removeNext());
  }

  /** The groups around a source, the widest first, and the source. */
  private static List<Object> path(RequestSource source, boolean guessed) {
    List<Object> path = new ArrayList<>(source.networks());
    if (guessed) {
      path.add(0, Shared.GUESSERS);
    }
    return path;
  }
}
