package org.certcollect.server.collect;

import java.util.List;

/**
 * A party that is told of each request to the endpoints once it has its answer, for example a log
 * or a counter. Called by many threads, and must not block.
 */
@FunctionalInterface
public interface RequestObserver {
  /** A request has its answer. */
  void answered(AnsweredRequest request);

  /** An observer that tells several others, in this order. */
  static RequestObserver all(List<RequestObserver> observers) {
    List<RequestObserver> copy = List.copyOf(observers);
    return request -> copy.forEach(observer -> observer.answered(request));
  }
}
