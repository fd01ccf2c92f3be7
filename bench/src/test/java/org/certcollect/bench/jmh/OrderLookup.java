package org.certcollect.bench.jmh;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.Collects.ValidationDetails;
import org.certcollect.store.testing.Postgres;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The one statement of a request, each time for another order. */
public class OrderLookup extends Timed {
  @Param public Engine engine = Engine.SQLITE;

  @Param("10000")
  public int orders = 10_000;

  private ThrowawayStore store;

  /** An engine that a store runs on. */
  public enum Engine {
    SQLITE,
    POSTGRESQL
  }

  @Setup
  public void fill() {
    store =
        switch (engine) {
          case SQLITE -> ThrowawayStore.onSqlite();
          case POSTGRESQL -> ThrowawayStore.onPostgres();
        };
    OrderFiller.fill(store.store(), orders);
    if (engine == Engine.POSTGRESQL) {
      // The tests' server does not do it by itself, as others do.
      Postgres.server().execute("ANALYZE");
    }
  }

  @Benchmark
  public Optional<AccountAndOrder> byLogin() {
    int order = ThreadLocalRandom.current().nextInt(orders);
    return store.store().collects().byLogin(OrderFiller.login(order), OrderFiller.number(order));
  }

  /** The second statement of a request that asks for details. */
  @Benchmark
  public ValidationDetails details() {
    int order = ThreadLocalRandom.current().nextInt(orders);
    return store.store().collects().details(OrderFiller.number(order), Optional.empty());
  }

  @TearDown
  public void close() {
    store.close();
  }
}
