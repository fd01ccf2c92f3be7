package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.certcollect.store.Nodes;
import org.certcollect.store.Nodes.Node;
import org.junit.jupiter.api.Test;

/** The contract of the list of servers. */
abstract class ServersContract extends StoreContract {
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

  private static Node node(String id, String name, Instant seen) {
    return new Node(id, name, "0.1.0", START, seen);
  }

  @Test
  void eachServerIsListedAsItLastToldOfItselfAlsoWithTheNameOfAnother() throws Exception {
    store.nodes().tell(node("1", "b", START));
    openAnother().nodes().tell(node("2", "B", START));
    openAnother().nodes().tell(node("3", "b", START));
    store.nodes().tell(node("1", "b", START.plusSeconds(60)));
    assertThat(openAnother().nodes().list())
        .as("sorted byte by byte")
        .containsExactly(
            node("2", "B", START), node("1", "b", START.plusSeconds(60)), node("3", "b", START));
  }

  @Test
  void aServerThatEndsIsForgotten() {
    store.nodes().tell(node("1", "a", START));
    store.nodes().tell(node("2", "b", START));
    store.nodes().forget("1");
    assertThat(store.nodes().list()).containsExactly(node("2", "b", START));
  }

  @Test
  void aServerThatWasKilledIsForgottenAfterAWeekOrWhenItsNameIsBack() {
    store.nodes().tell(node("1", "killed", START));
    store.nodes().tell(node("2", "gone", START));
    Instant later = START.plus(Nodes.MAX_SILENCE);
    store.nodes().tell(node("3", "killed", later));
    assertThat(store.nodes().list()).extracting(Node::id).containsExactly("2", "1", "3");
    store.nodes().tell(node("3", "killed", later.plusSeconds(1)));
    assertThat(store.nodes().list()).extracting(Node::id).containsExactly("2", "3");
    store.nodes().tell(node("3", "killed", START.plus(Nodes.MAX_ABSENCE).plusSeconds(1)));
    assertThat(store.nodes().list()).extracting(Node::id).containsExactly("3");
  }
}
