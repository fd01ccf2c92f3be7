package org.certcollect.store.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.stream.LongStream;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.testing.PgBouncer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests of a store after PgBouncer with a URL that does not suit its mode. */
@Tag("drill")
class PgBouncerTest {
  private static final int READS = 2_000;

  @Test
  void preparedStatementsInTransactionModeAreRefusedWithTheTrueReason() {
    try (PgBouncer bouncer = PgBouncer.start()) {
      PostgresConfig prepares = bouncer.empty("");

      assertThatThrownBy(() -> openAndRead(prepares))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("a connection pooler mixes up the prepared statements")
          .hasMessageContaining("prepareThreshold=0");
    }
  }

  private static void openAndRead(PostgresConfig config) {
    try (Store store = PostgresStore.open(config, Clock.systemUTC())) {
      LongStream.range(0, READS)
          .parallel()
          .forEach(number -> store.collects().byLogin("alice", number));
    }
  }
}
