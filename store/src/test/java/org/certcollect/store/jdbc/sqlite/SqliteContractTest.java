package org.certcollect.store.jdbc.sqlite;

import java.nio.file.Path;
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
import org.certcollect.store.contract.PromptCollectsContract;
import org.certcollect.store.contract.TransitionsContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** SQLite keeps the contract. */
class SqliteContractTest {
  @TempDir private Path folder;

  private Store open(Clock clock) {
    return SqliteStore.open(folder.resolve("store.sqlite"), clock);
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
  class Prompt extends PromptCollectsContract {
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
