package org.certcollect.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HashLaneTest {
  private final AtomicLong clock = new AtomicLong();
  private final CompletableFuture<Boolean> first = new CompletableFuture<>();
  private final CompletableFuture<Boolean> second = new CompletableFuture<>();
  private final AtomicBoolean checked = new AtomicBoolean();
  private final AtomicBoolean after = new AtomicBoolean();

  /** A second check, behind one that takes so long. */
  private void waitFor(Duration time) {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    try (HashLane lane = new HashLane(1, 1, clock::get)) {
      lane.run(first, () -> begun.complete(true) && end.join(), () -> {});
      lane.run(second, () -> checked.compareAndSet(false, true), () -> after.set(true));
      begun.join();
      clock.addAndGet(time.toNanos());
      end.complete(true);
      assertThat(first.join()).isTrue();
      assertThat(second.handle((right, failure) -> true).join()).isTrue();
    }
    assertThat(after).isTrue();
  }

  /** Broke once: passwords were checked for clients that had their -14 long since. */
  @Test
  void whatWaitedTooLongForAnAnswerInTimeIsNotBegun() {
    waitFor(Duration.ofSeconds(4));
    assertThat(second)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(OverloadedException.class);
    assertThat(checked).isFalse();
  }

  @Test
  void whatWaitedLessIsChecked() {
    waitFor(Duration.ofSeconds(4).minusNanos(1));
    assertThat(second).isCompletedWithValue(true);
    assertThat(checked).isTrue();
  }
}
