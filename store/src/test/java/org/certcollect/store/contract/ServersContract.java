package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.certcollect.store.Nodes;
import org.certcollect.store.Nodes.Node;
import org.junit.jupiter.api.Test;

/** The contract of the list of servers. */
abstract class ServersContract extends StoreContract {
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

  private static Node node(String name, String version, Instant seen) {
    return new Node(name, version, START, seen);
  }

  @Test
  void eachServerIsListedAsItLastToldOfItself() throws Exception {
    store.nodes().tell(node("b", "0.1.0", START));
    openAnother().nodes().tell(node("a", "0.1.0", START.plusSeconds(1)));
    Node later = node("b", "0.2.0", START.plusSeconds(60));
    store.nodes().tell(later);
    assertThat(openAnother().nodes().list())
        .containsExactly(node("a", "0.1.0", START.plusSeconds(1)), later);
  }

  @Test
  void aServerThatWasNotSeenForLongIsForgotten() {
    store.nodes().tell(node("gone", "0.1.0", START));
    Node next = node("here", "0.1.0", START.plus(Nodes.MAX_ABSENCE));
    store.nodes().tell(next);
    assertThat(store.nodes().list()).hasSize(2);
    Node last = node("here", "0.1.0", next.seen().plusSeconds(1));
    store.nodes().tell(last);
    assertThat(store.nodes().list()).containsExactly(last);
  }
}
