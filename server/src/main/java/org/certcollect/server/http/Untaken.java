package org.certcollect.server.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The answers that clients have not yet taken, in bytes: a client that sends requests and takes no
 * answers would fill the memory with them. Safe for use by many threads.
 */
public final class Untaken {
  /** More than a client asks for that sends hundreds of requests at once and reads afterwards. */
  private static final int MOST_OF_ONE = 4 << 20;

  private static final long MOST_OF_ALL = 64L << 20;

  /** What an answer takes beside its body, about. */
  private static final int EACH = 1 << 10;

  private final int mostOfOne;
  private final long mostOfAll;
  private final Map<HttpConnection, Integer> waiting = new ConcurrentHashMap<>();
  private final AtomicLong all = new AtomicLong();

  public Untaken() {
    this(MOST_OF_ONE, MOST_OF_ALL);
  }

  Untaken(int mostOfOne, long mostOfAll) {
    this.mostOfOne = mostOfOne;
    this.mostOfAll = mostOfAll;
  }

  /**
   * Counts an answer until it is taken. A connection with too much is cut, and where all together
   * have too much, the one with most: it need not be the one that passed the limit.
   */
  void add(HttpConnection connection, int bodyBytes, Future<Void> taken) {
    int bytes = bodyBytes + EACH;
    int ofOne = waiting.merge(connection, bytes, Integer::sum);
    long ofAll = all.addAndGet(bytes);
    taken.onComplete(
        done -> {
          all.addAndGet(-bytes);
          waiting.computeIfPresent(connection, (key, n) -> n <= bytes ? null : n - bytes);
        });
    if (ofOne > mostOfOne) {
      Deadlines.cut(connection);
    } else if (ofAll > mostOfAll) {
      most().ifPresent(Deadlines::cut);
    }
  }

  private Optional<HttpConnection> most() {
    return waiting.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }
}
