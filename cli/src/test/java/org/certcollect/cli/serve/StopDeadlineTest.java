package org.certcollect.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopDeadlineTest {
  @Test
  void aStopThatHangsIsBrokenOff() throws InterruptedException {
    CountDownLatch halted = new CountDownLatch(1);
    StopDeadline.start(Duration.ofMillis(10), halted::countDown);
    assertThat(halted.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
