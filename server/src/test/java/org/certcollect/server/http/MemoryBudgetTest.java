package org.certcollect.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private static final int MIB = 1 << 20;

  private final List<String> cut = new ArrayList<>();
  private final MemoryBudget budget = new MemoryBudget(10 * MIB, 6 * MIB);

  private HeldBytes open(String name) {
    return budget.opened(() -> cut.add(name));
  }

  private static void hold(HeldBytes held, int bytes) {
    held.add(bytes);
    held.tell();
  }

  @Test
  void aConnectionThatHoldsTooMuchIsCut() {
    HeldBytes held = open("a");
    hold(held, 6 * MIB);
    assertThat(cut).isEmpty();
    hold(held, 1);
    assertThat(cut).containsExactly("a");
    assertThat(budget.total()).isZero();
  }

  @Test
  void theLargestHolderIsCutAndNotTheOneThatPassesTheLimit() {
    HeldBytes some = open("some");
    HeldBytes most = open("most");
    HeldBytes last = open("last");
    hold(some, 4 * MIB);
    hold(most, 5 * MIB);
    hold(last, 2 * MIB);
    assertThat(cut).containsExactly("most");
    assertThat(budget.total()).isEqualTo(6L * MIB);
  }

  @Test
  void aConnectionThatWasCutIsNotCountedAnyMore() {
    HeldBytes held = open("a");
    hold(held, 7 * MIB);
    hold(held, 7 * MIB);
    hold(held, -7 * MIB);
    budget.closed(held);
    assertThat(cut).containsExactly("a");
    assertThat(budget.total()).isZero();
  }

  @Test
  void aRequestCountsUntilItIsAnswered() {
    HeldBytes held = open("a");
    held.begin(1_000);
    held.addToRequest(500);
    held.tell();
    assertThat(budget.total()).isEqualTo(1_500);
    assertThat(held.awaitsAnswer()).isTrue();
    held.answered();
    assertThat(budget.total()).isZero();
    held.addToRequest(9_999);
    held.tell();
    assertThat(budget.total()).as("what comes after the answer is dropped").isZero();
  }

  @Test
  void whatIsAnsweredWithinOneReadIsNotTold() {
    HeldBytes held = open("a");
    held.readBegins();
    held.begin(100_000);
    held.tell();
    assertThat(budget.total()).isZero();
    held.answered();
    held.readEnds();
    assertThat(budget.total()).isZero();
  }
}
