package org.certcollect.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordCheckPoolTest {
  private static final RequestSource SOURCE = RequestSource.of("192.0.2.1");

  private final AtomicLong clock = new AtomicLong();
  private final CompletableFuture<Boolean> first = new CompletableFuture<>();
  private final CompletableFuture<Boolean> second = new CompletableFuture<>();
  private final AtomicBoolean checked = new AtomicBoolean();
  private final AtomicBoolean after = new AtomicBoolean();

  /** Runs a second check after one that takes so long. */
  private void waitFor(Duration time) {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    try (PasswordCheckPool pool = new PasswordCheckPool(1, 1, clock::get)) {
      pool.run(SOURCE, false, first, () -> begun.complete(true) && end.join(), () -> {});
      pool.run(
          SOURCE, false, second, () -> checked.compareAndSet(false, true), () -> after.set(true));
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
  void checkThatWaitedTooLongForAnAnswerInTimeIsNotBegun() {
    waitFor(Duration.ofSeconds(4));
    assertThat(second)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(OverloadedException.class);
    assertThat(checked).isFalse();
  }

  @Test
  void checkThatWaitedLessIsRun() {
    waitFor(Duration.ofSeconds(4).minusNanos(1));
    assertThat(second).isCompletedWithValue(true);
    assertThat(checked).isTrue();
  }

  /** Broke once (issue 10, fault 15): sixty sources, or one IPv6 /48, kept all others out. */
  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.", "2001:db8:0:"})
  void newcomerIsCheckedNextWhileManySourcesFillTheQueue(String prefix) {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    List<CompletableFuture<Boolean>> flood = new ArrayList<>();
    AtomicInteger checkedBefore = new AtomicInteger();
    try (PasswordCheckPool pool = new PasswordCheckPool(1, 100, clock::get)) {
      pool.run(SOURCE, false, first, () -> begun.complete(true) && end.join(), () -> {});
      begun.join();
      for (int i = 0; i < 600; i++) {
        RequestSource source =
            RequestSource.of(prefix + i % 60 + (prefix.endsWith(":") ? "::1" : ""));
        CompletableFuture<Boolean> guess = new CompletableFuture<>();
        pool.run(source, false, guess, () -> checkedBefore.incrementAndGet() < 0, () -> {});
        flood.add(guess);
      }
      AtomicInteger turn = new AtomicInteger();
      pool.run(
          RequestSource.of("192.0.2.2"),
          false,
          second,
          () -> {
            turn.set(checkedBefore.get());
            return true;
          },
          () -> {});
      end.complete(true);
      assertThat(second.join()).isTrue();
      assertThat(turn).as("checks before the newcomer's").hasValueLessThanOrEqualTo(60);
    }
    assertThat(flood).allMatch(CompletableFuture::isDone);
    assertThat(flood)
        .filteredOn(CompletableFuture::isCompletedExceptionally)
        .hasSizeGreaterThan(499);
  }

  @Test
  void waitingChecksAreTurnedAwayWhenThePoolIsClosed() {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    try (PasswordCheckPool pool = new PasswordCheckPool(1, 1, clock::get)) {
      pool.run(SOURCE, false, first, () -> begun.complete(true) && end.join(), () -> {});
      pool.run(
          SOURCE, false, second, () -> checked.compareAndSet(false, true), () -> after.set(true));
      begun.join();
    }
    assertThat(second).isCompletedExceptionally();
    assertThat(after).isTrue();
    end.complete(true);
    first.handle((right, failure) -> true).join();
    assertThat(checked).isFalse();
  }
}
