package org.certcollect.server.outage;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.testing.FaultProxy;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of the answers to clients while the connection to the database fails, and after that. */
@Tag("drill")
class DatabaseFaultsTest {
  static Stream<Named<Consumer<FaultProxy>>> faults() {
    return Stream.of(
        Named.of("refused", FaultProxy::refuse),
        Named.of("stalled", FaultProxy::stall),
        Named.of("reset in mid-answer", FaultProxy::resetInMidAnswer),
        Named.of("answers lost", FaultProxy::loseAnswers));
  }

  /** With a shorter deadline, for a shorter test. */
  private static PostgresConfig hasty(FaultProxy proxy) {
    PostgresConfig usual = Postgres.empty(proxy.host());
    return new PostgresConfig(
        usual.url(), usual.user(), usual.password(), usual.poolSize(), Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void itsClientsGetMinus14InTimeKeepTheirConnectionsAndAreSoonServedAgain(
      Consumer<FaultProxy> fault) throws IOException {
    try (FaultProxy proxy = new FaultProxy(Postgres.server().port());
        Rig rig = new Rig(hasty(proxy))) {
      fault.accept(proxy);
      rig.assertRefusedInTime();
      proxy.pass();
      rig.assertRecovers();
      rig.assertLogIsShort();
    }
  }

  /** A request whose statement has to wait for another one may get -14. */
  @Test
  void whenTheDatabaseAnswersTwoSecondsLateRequestsAreServedOrGetMinus14InTime()
      throws IOException {
    try (FaultProxy proxy = new FaultProxy(Postgres.server().port());
        Rig rig = new Rig(Postgres.empty(proxy.host()))) {
      proxy.delay(Duration.ofSeconds(2));
      rig.assertServedOrRefusedInTime();
      proxy.pass();
      rig.assertRecovers();
      rig.assertLogIsShort();
    }
  }

  @Test
  void aServerWhoseDatabaseIsStalledStopsAsSoonAsAllHaveTheirMinus14() throws IOException {
    try (FaultProxy proxy = new FaultProxy(Postgres.server().port());
        Rig rig = new Rig(hasty(proxy))) {
      proxy.stall();
      rig.assertAnswersAllAndStops();
    }
  }
}
