package org.certcollect.store.jdbc.postgres;

import java.time.Clock;
import org.certcollect.store.Store;
import org.certcollect.store.contract.StoreContractSuite;
import org.certcollect.store.testing.Postgres;

/** PostgreSQL keeps the contract. */
class PostgresContractTest extends StoreContractSuite {
  private final PostgresConfig config = Postgres.empty();

  @Override
  protected Store openStore(Clock clock) {
    return PostgresStore.open(config, clock);
  }
}
