package org.certcollect.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The servers on a store, each as it last told of itself. */
public interface Nodes {
  /** The time after which a server that was not seen is forgotten. */
  Duration MAX_ABSENCE = Duration.ofDays(7);

  /**
   * A server.
   *
   * @param name its name, which no other server of the store should have
   * @param version the release and commit that it runs
   * @param seen when it last told of itself
   */
  record Node(String name, String version, Instant started, Instant seen) {}

  /** Tells of a server, and forgets those that were not seen for long. */
  void tell(Node node);

  /** All servers, sorted by name. */
  List<Node> list();
}
