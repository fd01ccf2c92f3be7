package org.certcollect.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.ChangeAuditor;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.junit.jupiter.api.Test;

/**
 * No password is hashed within a transaction, which in SQLite would hold up all other writers. A
 * hash takes 19 MiB of memory, which a thread allocates for its first one.
 */
class HashingTest {
  private static final long HASH_BYTES = 19L << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Bytes that a thread allocated until a transaction began, and until it ended. */
  private record Allocated(long before, long after) {}

  private static final class Watch implements ChangeAuditor {
    private final Queue<Allocated> transactions = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Long> before = ThreadLocal.withInitial(() -> 0L);

    @Override
    public void begin() {
      before.set(THREADS.getCurrentThreadAllocatedBytes());
    }

    @Override
    public void record(List<ChangeRecord> changes) {}

    @Override
    public void end() {
      transactions.add(new Allocated(before.get(), THREADS.getCurrentThreadAllocatedBytes()));
    }
  }

  @Test
  void noTransactionWaitsForAHash() throws Exception {
    Watch watch = new Watch();
    try (TestServer server =
        TestServer.start(
            ApiCaller.SETTINGS, file -> SqliteStore.open(file, Clock.systemUTC()).audited(watch))) {
      ApiCaller caller = ApiCaller.of(server, "all", Scope.ACCOUNTS);
      JsonObject acme =
          new JsonObject().put("login", "acme").put("products", new JsonArray().add("ssl"));
      caller.done("/v1/accounts", acme);
      caller.done("/v1/accounts/acme/password", new JsonObject().put("keepOldForDays", 7));
      assertThat(watch.transactions)
          .as("the hashes are made on these threads")
          .anyMatch(each -> each.before > HASH_BYTES);

      String bcrypt = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
      server
          .store()
          .accounts()
          .add("imported", new PasswordHash(bcrypt), Set.of(Product.SSL), TestServer.TESTER);
      try (RawConnection connection = RawConnection.https(server)) {
        assertThat(connection.post(Forms.SSL, Forms.status("imported", "U*U", 7)).body())
            .isNotEmpty();
      }
      Await.until(
          "the imported hash is replaced",
          () -> server.store().events().ofAccount("imported").size() == 2);
    }
    assertThat(watch.transactions)
        .hasSizeGreaterThan(4)
        .allMatch(each -> each.after - each.before < HASH_BYTES / 2);
  }
}
