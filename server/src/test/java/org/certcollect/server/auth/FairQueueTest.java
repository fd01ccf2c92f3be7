package org.certcollect.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  private static final int CAPACITY = 100;

  private final FairQueue<String> queue = new FairQueue<>(CAPACITY);

  /** Adds an element that is named after its address; returns what has no place any more. */
  private Optional<String> add(String address) {
    return queue.add(RequestSource.of(address), false, address);
  }

  private List<String> all() {
    List<String> all = new ArrayList<>();
    for (Optional<String> next = queue.poll(); next.isPresent(); next = queue.poll()) {
      all.add(next.get());
    }
    return all;
  }

  @Test
  void elementsOfOneSourceComeInTheirOrder() {
    for (String element : List.of("a", "b", "c")) {
      assertThat(queue.add(RequestSource.of("192.0.2.1"), false, element)).isEmpty();
    }
    assertThat(all()).containsExactly("a", "b", "c");
  }

  @Test
  void sourcesAreServedInTurn() {
    for (String address : List.of("10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.3")) {
      add(address);
    }
    assertThat(all()).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.1", "10.0.0.1");
  }

  @Test
  void sourceAloneMayFillTheQueueAndLosesItsLatest() {
    RequestSource source = RequestSource.of("192.0.2.1");
    for (int i = 0; i < CAPACITY; i++) {
      assertThat(queue.add(source, false, "early")).isEmpty();
    }
    assertThat(queue.add(source, false, "late")).contains("late");
  }

  /** Broke once (issue 10, fault 15): sixty sources kept all others out. */
  @Test
  void newcomerHasAPlaceHoweverMuchSixtySourcesSend() {
    for (int i = 0; i < 60 * 100; i++) {
      add("203.0.113." + i % 60);
    }
    assertThat(add("192.0.2.1").orElseThrow()).startsWith("203.0.113.");
    assertThat(all()).hasSize(CAPACITY).contains("192.0.2.1");
  }

  /** Broke once (issue 10, fault 15): each /64 of a /48 had its own share. */
  @Test
  void newcomerHasAPlaceHoweverManyNetworksOfOnePrefixSend() {
    for (int i = 0; i < 1_000; i++) {
      add("2001:db8:0:" + Integer.toHexString(i) + "::1");
    }
    assertThat(add("2001:db8:1::1").orElseThrow()).startsWith("2001:db8:0:");
    assertThat(add("192.0.2.1").orElseThrow()).startsWith("2001:db8:0:");
    List<String> all = all();
    assertThat(all).hasSize(CAPACITY);
    assertThat(all.subList(0, 3)).contains("2001:db8:1::1", "192.0.2.1");
  }

  @Test
  void sourcesThatGuessedShareOneTurn() {
    for (int i = 0; i < 1_000; i++) {
      queue.add(RequestSource.of("10.0." + i / 250 + "." + i % 250), true, "guesser");
    }
    for (int i = 0; i < 3; i++) {
      assertThat(add("192.0.2.1")).contains("guesser");
    }
    List<String> all = all();
    assertThat(all).hasSize(CAPACITY);
    assertThat(all.subList(0, 6))
        .containsExactly("guesser", "192.0.2.1", "guesser", "192.0.2.1", "guesser", "192.0.2.1");
  }

  @Test
  void neighboursWithinOnePrefixShareItsTurns() {
    for (String address :
        List.of(
            "2001:db8:0:1::a",
            "2001:db8:0:1::a",
            "2001:db8:0:2::b",
            "2001:db8:0:100::c",
            "192.0.2.1",
            "192.0.2.1",
            "192.0.2.1")) {
      add(address);
    }
    assertThat(all())
        .containsExactly(
            "2001:db8:0:1::a",
            "192.0.2.1",
            "2001:db8:0:100::c",
            "192.0.2.1",
            "2001:db8:0:2::b",
            "192.0.2.1",
            "2001:db8:0:1::a");
  }

  @Test
  void nothingIsLostWhateverComesAndGoes() {
    Random random = new Random(1);
    int added = 0;
    int removed = 0;
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(3) > 0) {
        String address = "2001:db8:" + random.nextInt(3) + ":" + random.nextInt(1_000) + "::1";
        added++;
        removed += add(address).isPresent() ? 1 : 0;
      } else {
        removed += queue.poll().isPresent() ? 1 : 0;
      }
    }
    assertThat(removed + all().size()).isEqualTo(added);
  }
}
