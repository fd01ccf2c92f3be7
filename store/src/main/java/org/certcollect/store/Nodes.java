package org.certcollect.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The servers on a store, each as it last told of itself. */
public interface Nodes {
  /** The time after which a server that was not seen is forgotten. */
  Duration MAX_ABSENCE = Duration.ofDays(7);

  /** The time after which it gives way to another one of its name: it was killed and restarted. */
  Duration MAX_SILENCE = Duration.ofMinutes(3);

  /**
   * A server.
   *
   * @param id a random text for each process, because two may have the same name
   * @param name its name
   * @param version the release and commit that it runs
   * @param seen when it last told of itself
   */
  record Node(String id, String name, String version, Instant started, Instant seen) {}

  /** Tells of a server, and forgets those that were not seen for long. */
  void tell(Node node);

  /** Forgets a server that ends. */
  void forget(String id);

  /** All servers, sorted by name. */
  List<Node> list();
}
