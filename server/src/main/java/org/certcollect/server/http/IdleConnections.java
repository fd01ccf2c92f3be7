package org.certcollect.server.http;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.certcollect.server.auth.RequestSource;
import org.jspecify.annotations.Nullable;

/**
 * A queue of idle connections, in the order in which they are closed at the limit. The next one is
 * always of the network that has the most connections then, idle or busy: of the largest /48 the
 * largest /56, of that the largest /64, and of that the one that has been idle longest. An IPv4
 * address stands beside the /48 networks. A network without idle connections is passed over. Not
 * safe for use by many threads.
 */
final class IdleConnections {
  private final Network all = new Network();

  /** An idle connection, with the time at which it was asked: it may become busy meanwhile. */
  private record Idle(OpenConnection connection, long since) {}

  /** The connections of one network: in the networks within it, or its own. */
  private static final class Network {
    private static final Comparator<Network> ORDER =
        Comparator.comparingInt((Network network) -> -network.size)
            .thenComparingLong(network -> network.idleSince);

    private final Map<RequestSource, Network> parts = new HashMap<>();
    private final Queue<Idle> idle = new PriorityQueue<>(Comparator.comparingLong(Idle::since));
    private @Nullable Queue<Network> order;
    private int size;
    private long idleSince = Long.MAX_VALUE;

    void add(List<RequestSource> path, OpenConnection connection, boolean isIdle, long since) {
      size++;
      if (isIdle) {
        idleSince = Math.min(idleSince, since);
      }
      if (!path.isEmpty()) {
        parts
            .computeIfAbsent(path.get(0), unused -> new Network())
            .add(path.subList(1, path.size()), connection, isIdle, since);
      } else if (isIdle) {
        idle.add(new Idle(connection, since));
      }
    }

    @Nullable OpenConnection poll() {
      @Nullable OpenConnection next = parts.isEmpty() ? pollOwn() : pollParts();
      size--;
      return next;
    }

    private @Nullable OpenConnection pollOwn() {
      @Nullable Idle next = idle.poll();
      @Nullable Idle later = idle.peek();
      idleSince = later == null ? Long.MAX_VALUE : later.since();
      return next == null ? null : next.connection();
    }

    private @Nullable OpenConnection pollParts() {
      if (order == null) {
        order = new PriorityQueue<>(ORDER);
        order.addAll(parts.values());
      }
      @Nullable Network largest = order.poll();
      while (largest != null) {
        @Nullable OpenConnection next = largest.poll();
        if (next != null) {
          order.add(largest);
          return next;
        }
        largest = order.poll();
      }
      return null;
    }
  }

  /** Adds a connection, idle or busy; not after the first {@link #poll}. */
  void add(OpenConnection connection) {
    long since = connection.idleSince();
    all.add(connection.networks(), connection, connection.isIdle(), since);
  }

  /** Takes the next connection to close; null if all that are left are busy. */
  @Nullable OpenConnection poll() {
    return all.poll();
  }
}
