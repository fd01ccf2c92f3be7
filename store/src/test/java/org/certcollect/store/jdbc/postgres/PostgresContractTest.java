package org.certcollect.store.jdbc.postgres;

import java.time.Clock;
import org.certcollect.store.Store;
import org.certcollect.store.contract.StoreContractSuite;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.Tag;

/** The contract tests of the store in PostgreSQL. */
@Tag("drill")
class PostgresContractTest extends StoreContractSuite {
  private final PostgresConfig config = Postgres.empty();

  @Override
  protected Store openStore(Clock clock) {
    return PostgresStore.open(config, clock);
  }
}
