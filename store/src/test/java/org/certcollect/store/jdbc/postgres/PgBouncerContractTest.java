package org.certcollect.store.jdbc.postgres;

import java.time.Clock;
import org.certcollect.store.Store;
import org.certcollect.store.contract.StoreContractSuite;
import org.certcollect.store.testing.PgBouncer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract tests of a store in PostgreSQL after PgBouncer, which pools transactions. */
@Tag("drill")
class PgBouncerContractTest extends StoreContractSuite {
  private static PgBouncer bouncer;

  private final PostgresConfig config = bouncer.empty("?prepareThreshold=0");

  @BeforeAll
  static void start() {
    bouncer = PgBouncer.start();
  }

  @AfterAll
  static void close() {
    // Without the program there is none, and the tests are skipped.
    if (bouncer != null) {
      bouncer.close();
    }
  }

  @Override
  protected Store openStore(Clock clock) {
    return PostgresStore.open(config, clock);
  }
}
