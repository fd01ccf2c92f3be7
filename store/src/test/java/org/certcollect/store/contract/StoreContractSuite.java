package org.certcollect.store.contract;

import java.time.Clock;
import org.certcollect.store.Store;
import org.junit.jupiter.api.Nested;

/**
 * The whole contract of a {@link Store}, as one suite. The test of a backend extends it and says
 * how to open a store:
 *
 * <pre>{@code
 * class MyStoreContractTest extends StoreContractSuite {
 *   @TempDir private Path folder;
 *
 *   @Override
 *   protected Store openStore(Clock clock) {
 *     return MyStore.open(folder, clock);
 *   }
 * }
 * }</pre>
 *
 * <p>If the backend has {@link Store#nonBlockingCollects}, its test has one more nested class,
 * which extends {@link NonBlockingCollectsContract}.
 */
public abstract class StoreContractSuite {
  /** Opens a store, as {@link StoreContract#openStore} does. */
  protected abstract Store openStore(Clock clock) throws Exception;

  @Nested
  class Accounts extends AccountsContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class LatestCollects extends LastCollectContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Servers extends ServersContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Orders extends OrdersContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Transitions extends TransitionsContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Reissues extends ReissueContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Holds extends HoldContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Mails extends OutboxContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class PushNotifications extends PushContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Corrections extends CorrectionsContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Validations extends ValidationContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class OrderList extends OrderListContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Search extends SearchContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Retention extends RetentionContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class CaCertificates extends CaCertificatesContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class CodesKey extends CodesKeyContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Events extends EventsContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Collects extends CollectsContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Nodes extends NodesContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Api extends ApiContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }

  @Nested
  class Load extends LoadContract {
    @Override
    protected Store openStore(Clock clock) throws Exception {
      return StoreContractSuite.this.openStore(clock);
    }
  }
}
