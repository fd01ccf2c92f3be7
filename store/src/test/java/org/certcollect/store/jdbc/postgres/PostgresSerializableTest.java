package org.certcollect.store.jdbc.postgres;

import java.time.Clock;
import java.time.Duration;
import org.certcollect.store.Store;
import org.certcollect.store.contract.ConcurrencyContract;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.Nested;

/**
 * The contract tests of concurrency on a database that makes all transactions SERIALIZABLE, as
 * CockroachDB does. Changes collide there and are repeated.
 */
class PostgresSerializableTest {
  private final PostgresConfig config = serializable(Postgres.empty());

  @Nested
  class Concurrency extends ConcurrencyContract {
    @Override
    protected Store openStore(Clock clock) {
      return PostgresStore.open(config, clock);
    }
  }

  private static PostgresConfig serializable(PostgresConfig config) {
    return new PostgresConfig(
        config.url() + "&options=-c%20default_transaction_isolation=serializable",
        config.user(),
        config.password(),
        config.poolSize(),
        Duration.ofSeconds(20));
  }
}
