package org.certcollect.store.jdbc.postgres;

import java.time.Clock;
import org.certcollect.store.Store;
import org.certcollect.store.contract.AccountsContract;
import org.certcollect.store.contract.CaCertificatesContract;
import org.certcollect.store.contract.CodesKeyContract;
import org.certcollect.store.contract.CollectsContract;
import org.certcollect.store.contract.ConcurrencyContract;
import org.certcollect.store.contract.EventsContract;
import org.certcollect.store.contract.LoadContract;
import org.certcollect.store.contract.NodesContract;
import org.certcollect.store.contract.OrderListContract;
import org.certcollect.store.contract.OrdersContract;
import org.certcollect.store.contract.TransitionsContract;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.Nested;

/** PostgreSQL keeps the contract. */
class PostgresContractTest {

  private final PostgresConfig config = Postgres.empty();

  private Store open(Clock clock) {
    return PostgresStore.open(config, clock);
  }

  @Nested
  class Accounts extends AccountsContract {
    @Override
    protected Store openStore(Clock clock) {
      return open(clock);
    }
  }

  @Nested
  class Orders extends OrdersContract {
    @Override
    protected Store openStore(Clock clock) {
      return open(clock);
    }
  }

  @Nested
  class Transitions extends TransitionsContract {
    @Override
    protected Store openStore(Clock clock) {
      return open(clock);
    }
  }

  @Nested
  class OrderList extends OrderListContract {
    @Override
    protected Store openStore(Clock clock) {
      return open(clock);
    }
  }

  @Nested
  class CaCertificates extends CaCertificatesContract {
    @Override
    protected Store openStore(Clock clock) {
      return open(clock);
    }
  }

  @Nested
  class CodesKey extends CodesKeyContract {
    @Override
    protected Store openStore(Clock clock) {
      return open(clock);
    }
  }

  @Nested
  class Events extends EventsContract {
    @Override
    protected Store openStore(Clock clock) {
      return open(clock);
    }
  }

  @Nested
  class Collects extends CollectsContract {
    @Override
    protected Store openStore(Clock clock) {
      return open(clock);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    @Override
    protected Store openStore(Clock clock) {
      return open(clock);
    }
  }

  @Nested
  class Nodes extends NodesContract {
    @Override
    protected Store openStore(Clock clock) {
      return open(clock);
    }
  }

  @Nested
  class Load extends LoadContract {
    @Override
    protected Store openStore(Clock clock) {
      return open(clock);
    }
  }
}
