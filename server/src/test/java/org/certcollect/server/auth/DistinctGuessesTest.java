package org.certcollect.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DistinctGuessesTest {
  private final AtomicLong clock = new AtomicLong();

  private static Fingerprint guess(long number) {
    return new Fingerprint(number, 0, 0, 0);
  }

  @Test
  void eachGuessCountsOnceInAnyOrder() {
    DistinctGuesses guesses = new DistinctGuesses(1_000, clock::get);
    for (int round = 0; round < 3; round++) {
      for (int i = 1; i < 1_000; i++) {
        // All but the highest bits are the same, so all have the same first place in the table.
        assertThat(guesses.add(guess((long) i << 48))).isFalse();
      }
    }
    assertThat(guesses.haveReachedLimit()).isFalse();
    assertThat(guesses.add(guess(1))).isTrue();
    assertThat(guesses.haveReachedLimit()).isTrue();
    assertThat(guesses.add(guess(2))).as("past the limit").isFalse();
  }

  @Test
  void countStartsAnewAfterAMinute() {
    DistinctGuesses guesses = new DistinctGuesses(2, clock::get);
    assertThat(guesses.add(guess(1))).isFalse();
    clock.addAndGet(MinuteCounter.WINDOW.toNanos());
    assertThat(guesses.add(guess(2))).as("the first of its minute").isFalse();
    assertThat(guesses.add(guess(1))).as("the second").isTrue();
    clock.addAndGet(MinuteCounter.WINDOW.toNanos());
    assertThat(guesses.haveReachedLimit()).isFalse();
    assertThat(guesses.add(guess(1))).isFalse();
  }

  /** Broke once: the guess was told as the last one, and the next one had no place in the table. */
  @Test
  void minuteMayEndWhileAGuessIsAdded() {
    AtomicLong step = new AtomicLong();
    DistinctGuesses guesses = new DistinctGuesses(2, () -> clock.getAndAdd(step.get()));
    assertThat(guesses.add(guess(1))).isFalse();
    clock.set(MinuteCounter.WINDOW.toNanos() - 1);
    step.set(1);
    assertThat(guesses.add(guess(2))).as("the first of its minute").isFalse();
    assertThat(guesses.haveReachedLimit()).isFalse();
    assertThat(guesses.add(guess(2))).as("again").isFalse();
    assertThat(guesses.add(guess(1))).as("the second").isTrue();
    assertThat(guesses.haveReachedLimit()).isTrue();
  }
}
