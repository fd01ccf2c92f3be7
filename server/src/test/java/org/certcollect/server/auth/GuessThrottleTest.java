package org.certcollect.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.certcollect.server.testing.TestLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Attacks on logins and collection codes, and what they must not do to their owners. */
class GuessThrottleTest {
  private static final RequestSource OWNER = RequestSource.of("192.0.2.1");
  private static final RequestSource STRANGER = RequestSource.of("198.51.100.2");

  private final TestLog log = TestLog.json();
  private final Caller caller = new Caller();

  @AfterEach
  void close() {
    caller.close();
    log.close();
  }

  private void assertOwnerIsServed() {
    assertThat(caller.mayCollect("a", "password", OWNER)).as("the owner").isTrue();
  }

  /** Sources that have nothing to do with each other. */
  private static List<RequestSource> sources(int count) {
    return IntStream.range(0, count).mapToObj(i -> RequestSource.of("203.0.113." + i)).toList();
  }

  @Nested
  class Logins {
    @Test
    void throttlingEndsAMinuteAfterTheFirstGuess() {
      caller.guess(10, "a", STRANGER);
      caller.pass(Duration.ofSeconds(40));
      caller.guess(10, "a", STRANGER);
      assertThat(caller.mayCollect("a", "password", STRANGER)).isFalse();
      caller.pass(Duration.ofSeconds(19));
      assertThat(caller.mayCollect("a", "password", STRANGER)).isFalse();
      caller.pass(Duration.ofSeconds(1));
      assertThat(caller.mayCollect("a", "password", STRANGER)).isTrue();
    }

    @Test
    void nineteenWrongGuessesThrottleNobody() {
      caller.guess(19, "a", STRANGER);
      assertThat(caller.mayCollect("a", "password", STRANGER)).isTrue();
    }

    /**
     * Broke once (issue 10, fault 14): a verified login and its password were exempt whoever asked,
     * so that a stranger's right guess was accepted after half a million wrong ones.
     */
    @Test
    void strangersRightGuessIsRefusedWhileTheOwnerPolls() {
      assertOwnerIsServed();
      for (int i = 0; i < 1_000; i++) {
        caller.guess(20, "a", STRANGER);
        assertThat(caller.mayCollect("a", "password", STRANGER)).as("the stranger").isFalse();
        assertOwnerIsServed();
      }
    }

    @Test
    void ownerMayComeFromAnotherAddressWhileAStrangerGuesses() {
      assertOwnerIsServed();
      caller.guess(1_000, "a", STRANGER);
      assertThat(caller.mayCollect("a", "password", RequestSource.of("192.0.2.99"))).isTrue();
    }

    @Test
    void mistypingColleagueAtTheSameAddressDoesNotStopTheClient() {
      assertOwnerIsServed();
      for (int i = 0; i < 199; i++) {
        caller.guess(1, "a", OWNER);
        assertOwnerIsServed();
      }
    }

    @Test
    void guessesFromTheOwnersAddressSuspendEvenTheRightPassword() {
      assertOwnerIsServed();
      caller.guess(200, "a", OWNER);
      assertThat(caller.mayCollect("a", "password", OWNER)).isFalse();
      caller.pass(Duration.ofMinutes(1).minusNanos(1));
      assertThat(caller.mayCollect("a", "password", OWNER)).isFalse();
      caller.pass(Duration.ofNanos(1));
      assertOwnerIsServed();
    }

    @Test
    void guessesAtOneLoginFromTheOwnersAddressDoNotSuspendAnother() {
      assertOwnerIsServed();
      assertThat(caller.mayCollect("b", "password", OWNER)).isTrue();
      caller.guess(1_000, "a", OWNER);
      assertThat(caller.mayCollect("b", "password", OWNER)).isTrue();
    }

    /** A second client behind the same NAT still has the old password and polls on with it. */
    @Test
    void repeatedWrongPasswordDoesNotSuspendTheClientBesideIt() {
      assertOwnerIsServed();
      for (int i = 0; i < 1_000; i++) {
        assertThat(caller.mayCollect("a", "old", OWNER)).isFalse();
      }
      assertOwnerIsServed();
    }

    /** Broke once: only a guess that was the same as the one before it did not count. */
    @Test
    void alternatingOutdatedPasswordsDoNotSuspendTheClientBesideThem() {
      assertOwnerIsServed();
      for (int i = 0; i < 1_000; i++) {
        assertThat(caller.mayCollect("a", "old" + i % 199, OWNER)).isFalse();
      }
      assertOwnerIsServed();
      assertThat(caller.mayCollect("a", "another", OWNER)).isFalse();
      assertThat(caller.mayCollect("a", "password", OWNER)).as("200 different ones").isFalse();
    }

    /** The cache must not answer where neither throttling nor a hash stands before it. */
    @Test
    void throttledSourceCannotUseWhatAnotherSourceVerified() {
      assertOwnerIsServed();
      for (int i = 0; i < 30; i++) {
        caller.guess(1, "login" + i, STRANGER);
      }
      assertThat(caller.mayCollect("a", "password", STRANGER)).isFalse();
      assertOwnerIsServed();
    }

    @Test
    void sourceThatGuessesAtManyLoginsIsThrottledForAllButItsVerifiedOnes() {
      assertOwnerIsServed();
      for (int i = 0; i < 30; i++) {
        caller.guess(1, "login" + i, OWNER);
      }
      assertOwnerIsServed();
      assertThat(caller.mayCollect("b", "password", OWNER)).isFalse();
      assertThat(caller.mayCollect("b", "password", STRANGER)).isTrue();
      caller.pass(Duration.ofMinutes(1));
      assertThat(caller.mayCollect("b", "password", OWNER)).isTrue();
    }

    @Test
    void distributedGuessesAreThrottledForEachSourceAndNeverLockTheLogin() {
      assertOwnerIsServed();
      for (RequestSource source : sources(50)) {
        caller.guess(20, "a", source);
        assertThat(caller.mayCollect("a", "password", source)).as(source.name()).isFalse();
        assertOwnerIsServed();
      }
      assertThat(caller.mayCollect("a", "password", RequestSource.of("192.0.2.99")))
          .as("the owner from elsewhere")
          .isTrue();
    }

    @Test
    void networksAroundAnIpv6SourceAreThrottledAtTwiceAndFourTimesTheLimit() {
      caller.guess(20, "a", RequestSource.of("2001:db8:0:1::1"));
      assertThat(caller.mayCollect("a", "password", RequestSource.of("2001:db8:0:2::1"))).isTrue();
      caller.guess(20, "a", RequestSource.of("2001:db8:0:3::1"));
      assertThat(caller.mayCollect("a", "password", RequestSource.of("2001:db8:0:4::1")))
          .as("40 guesses in a /56")
          .isFalse();
      assertThat(caller.mayCollect("a", "password", RequestSource.of("2001:db8:0:100::1")))
          .isTrue();
      caller.guess(20, "a", RequestSource.of("2001:db8:0:200::1"));
      caller.guess(20, "a", RequestSource.of("2001:db8:0:300::1"));
      assertThat(caller.mayCollect("a", "password", RequestSource.of("2001:db8:0:400::1")))
          .as("80 guesses in a /48")
          .isFalse();
      assertThat(caller.mayCollect("a", "password", RequestSource.of("2001:db8:1::1"))).isTrue();
    }
  }

  @Nested
  class Codes {
    @Test
    void strangersRightCodeIsRefusedWhileTheOwnerCollects() {
      assertThat(caller.mayCollect("RIGHT", OWNER)).isTrue();
      for (int i = 0; i < 100; i++) {
        caller.guessCodes(20, STRANGER);
        assertThat(caller.code("RIGHT", STRANGER).throttled()).isTrue();
        assertThat(caller.mayCollect("RIGHT", OWNER)).isTrue();
      }
      assertThat(caller.code("RIGHT2", STRANGER).throttled()).isTrue();
      assertThat(caller.mayCollect("RIGHT2", OWNER)).isTrue();
    }

    @Test
    void guessesFromTheOwnersAddressAreBounded() {
      assertThat(caller.mayCollect("RIGHT", OWNER)).isTrue();
      caller.guessCodes(199, OWNER);
      assertThat(caller.mayCollect("RIGHT", OWNER)).isTrue();
      assertThat(caller.code("RIGHT2", OWNER).throttled()).as("a code new here").isTrue();
      assertThat(caller.code("RIGHT", OWNER).throttled()).as("200 guesses").isTrue();
      caller.pass(Duration.ofMinutes(1));
      assertThat(caller.mayCollect("RIGHT", OWNER)).isTrue();
    }

    @Test
    void alternatingWrongCodesDoNotSuspendTheRightOne() {
      assertThat(caller.mayCollect("RIGHT", OWNER)).isTrue();
      for (int i = 0; i < 1_000; i++) {
        assertThat(caller.mayCollect("OLD" + i % 199, OWNER)).isFalse();
      }
      assertThat(caller.mayCollect("RIGHT", OWNER)).isTrue();
    }

    @Test
    void rightCodesAreNoGuesses() {
      for (int i = 0; i < 1_000; i++) {
        assertThat(caller.mayCollect("RIGHT" + i, OWNER)).isTrue();
      }
    }

    @Test
    void codesAndLoginsShareTheLimitOfASource() {
      caller.guessCodes(15, STRANGER);
      caller.guess(15, "a", STRANGER);
      assertThat(caller.code("RIGHT", STRANGER).throttled()).isTrue();
      assertThat(caller.mayCollect("b", "password", STRANGER)).isFalse();
    }
  }

  @Nested
  class Warnings {
    @Test
    void throttledSourceIsNamedOnce() {
      for (int i = 0; i < 29; i++) {
        caller.guess(1, "KanarieLogin" + i, STRANGER);
      }
      assertThat(log.lines()).isEmpty();
      for (int i = 29; i < 40; i++) {
        caller.guess(1, "KanarieLogin" + i, STRANGER);
      }
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .contains("\"WARNING\"", "proxy.trusted", "\"source\":\"198.51.100.2\"")
          .doesNotContain("Kanarie");
    }

    @Test
    void manyThrottledSourcesHaveOneLineAMinute() {
      guessEverywhere(STRANGER);
      caller.pass(Duration.ofMinutes(1).minusNanos(1));
      guessEverywhere(RequestSource.of("198.51.100.3"));
      assertThat(log.lines("198.51.100.3")).isEmpty();
      caller.pass(Duration.ofMinutes(1));
      guessEverywhere(RequestSource.of("198.51.100.3"));
      assertThat(log.lines("198.51.100.3")).hasSize(1);
      assertThat(log.lines()).hasSize(2);
    }

    private void guessEverywhere(RequestSource source) {
      for (int i = 0; i < 30; i++) {
        caller.guess(1, "login" + i, source);
      }
    }

    /** Broke once (issue 10, fault 14): half a million guesses at one login left no line. */
    @Test
    void guessesAtOneLoginNameItsAccountAndNothingThatWasSent() {
      caller.guess(29, "KanarieLogin", STRANGER);
      assertThat(log.lines()).isEmpty();
      caller.guess(1_000, "KanarieLogin", STRANGER);
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .contains("\"WARNING\"", "\"account\":7", "\"source\":\"198.51.100.2\"")
          .doesNotContain("Kanarie");
    }

    @Test
    void guessesAtOneLoginAreCountedOverAllSources() {
      for (RequestSource source : sources(29)) {
        caller.guess(1, "a", source);
      }
      assertThat(log.lines()).isEmpty();
      caller.guess(1, "a", STRANGER);
      assertThat(log.lines("\"account\":7")).hasSize(1);
    }

    @Test
    void guessesAtCodesAreCountedOverAllSources() {
      for (RequestSource source : sources(29)) {
        caller.guessCodes(1, source);
      }
      assertThat(log.lines()).isEmpty();
      caller.guessCodes(1_000, STRANGER);
      assertThat(log.lines("collection codes within a minute")).hasSize(1);
      assertThat(log.lines()).hasSize(1);
    }

    /** Broke once: the log said that the account's clients were served, while they were refused. */
    @Test
    void suspendedLoginNamesItsAccountAndSourceOnce() {
      assertThat(caller.mayCollect("KanarieLogin", "password", OWNER)).isTrue();
      caller.guess(199, "KanarieLogin", OWNER);
      assertThat(log.lines("suspended at a source")).isEmpty();
      caller.guess(100, "KanarieLogin", OWNER);
      assertThat(log.lines("An account is suspended at a source")).hasSize(1);
      assertThat(log.lines("An account is suspended at a source").get(0))
          .contains("\"WARNING\"", "\"account\":7", "\"source\":\"192.0.2.1\"", "proxy.trusted")
          .doesNotContain("Kanarie");
      caller.pass(Duration.ofMinutes(1));
      caller.guess(200, "KanarieLogin", OWNER);
      assertThat(log.lines("An account is suspended at a source")).hasSize(2);
    }

    @Test
    void guessesAtALoginThatIsNotVerifiedAreNoSuspension() {
      caller.guess(1_000, "a", STRANGER);
      caller.guessCodes(1_000, STRANGER);
      assertThat(log.lines("suspended at a source")).isEmpty();
    }

    @Test
    void suspendedCodesNameTheirSourceOnce() {
      assertThat(caller.mayCollect("RIGHT", OWNER)).isTrue();
      caller.guessCodes(199, OWNER);
      assertThat(log.lines("suspended at a source")).isEmpty();
      caller.guessCodes(100, OWNER);
      assertThat(log.lines("Collection codes are suspended at a source")).hasSize(1);
      assertThat(log.lines("suspended at a source").get(0)).contains("\"source\":\"192.0.2.1\"");
    }

    @Test
    void linesAboutSuspendedLoginsAreLimited() {
      for (int i = 0; i < 20; i++) {
        assertThat(caller.mayCollect("login" + i, "password", OWNER)).isTrue();
      }
      for (int i = 0; i < 20; i++) {
        caller.guess(200, "login" + i, OWNER);
      }
      assertThat(log.lines("An account is suspended at a source")).hasSize(10);
    }

    @Test
    void linesAboutAccountsAreLimited() {
      for (RequestSource source : sources(30)) {
        for (int i = 0; i < 29; i++) {
          caller.guess(1, "login" + i, source);
        }
      }
      assertThat(log.lines("\"account\"")).hasSize(10);
    }
  }
}
