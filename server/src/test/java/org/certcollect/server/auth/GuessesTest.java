package org.certcollect.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.testing.TestLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the operator hears of guesses; what callers notice, AuthenticatorTest has. */
class GuessesTest {
  private static final Source SOURCE = Source.of("192.0.2.1");
  private static final Source ELSEWHERE = Source.of("192.0.2.2");

  private final TestLog log = TestLog.json();
  private final AtomicLong clock = new AtomicLong();
  private final Guesses guesses =
      new Guesses(new AuthConfig(10, Duration.ofMinutes(10), 20, 30, 2), clock::get);

  @AfterEach
  void close() {
    log.close();
  }

  private void guess(int times, Source source) {
    for (int i = 0; i < times; i++) {
      guesses.wrong(source, "KanarieLogin" + i);
    }
  }

  @Test
  void aSourceThatIsThrottledForAllLoginsIsNamedInTheLogOnce() {
    guess(29, SOURCE);
    assertThat(log.lines()).isEmpty();
    guess(10, SOURCE);
    assertThat(log.lines()).hasSize(1);
    assertThat(log.lines().get(0))
        .contains("\"WARNING\"", "proxy.trusted", "\"source\":\"192.0.2.1\"")
        .doesNotContain("Kanarie");
  }

  @Test
  void manySuchSourcesHaveALineAMinute() {
    guess(30, SOURCE);
    clock.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
    guess(30, ELSEWHERE);
    assertThat(log.lines("192.0.2.2")).isEmpty();
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    guess(30, ELSEWHERE);
    assertThat(log.lines("192.0.2.2")).hasSize(1);
    assertThat(log.lines()).hasSize(2);
  }
}
