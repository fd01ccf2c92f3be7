package org.certcollect.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.certcollect.admin.PasswordHasher;
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
 * No password is hashed within a transaction, which in SQLite would hold up all other writers. The
 * CPU time of the thread tells: a hash takes tens of milliseconds, a transaction one or two once
 * its classes are loaded.
 */
class HashingTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The nanoseconds that a thread computed until a transaction began, and until it ended. */
  private record Computed(long before, long after) {}

  private static final class Watch implements ChangeAuditor {
    private final Queue<Computed> transactions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final ThreadLocal<Long> before = ThreadLocal.withInitial(() -> 0L);

    @Override
    public void begin() {
      open.incrementAndGet();
      before.set(THREADS.getCurrentThreadCpuTime());
    }

    @Override
    public void record(List<ChangeRecord> changes) {}

    @Override
    public void end() {
      transactions.add(new Computed(before.get(), THREADS.getCurrentThreadCpuTime()));
      open.decrementAndGet();
    }
  }

  @Test
  void noTransactionWaitsForAHash() throws Exception {
    Watch watch = new Watch();
    try (TestServer server =
        TestServer.start(
            ApiCaller.SETTINGS, file -> SqliteStore.open(file, Clock.systemUTC()).audited(watch))) {
      ApiCaller caller = ApiCaller.of(server, "all", Scope.ACCOUNTS);
      changePasswords(server, caller, "first");
      Await.until("its transaction ended", () -> watch.open.get() == 0);
      // These were slow: they loaded classes.
      watch.transactions.clear();
      changePasswords(server, caller, "second");
      Await.until("its transaction ended", () -> watch.open.get() == 0);
    }
    PasswordHasher hasher = new PasswordHasher();
    PasswordHash unused = hasher.hash("first");
    long start = THREADS.getCurrentThreadCpuTime();
    unused = hasher.hash("second");
    long hash = THREADS.getCurrentThreadCpuTime() - start;
    assertThat(watch.transactions)
        .hasSizeGreaterThan(3)
        .as("the hashes are made on these threads")
        .anyMatch(each -> each.before > hash)
        .allMatch(each -> each.after - each.before < hash / 2);
  }

  private static void changePasswords(TestServer server, ApiCaller caller, String name)
      throws Exception {
    JsonObject account =
        new JsonObject().put("login", name).put("products", new JsonArray().add("ssl"));
    caller.done("/v1/accounts", account);
    caller.done("/v1/accounts/" + name + "/password", new JsonObject().put("keepOldForDays", 7));
    String bcrypt = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    String imported = name + "-imported";
    server
        .store()
        .accounts()
        .add(imported, new PasswordHash(bcrypt), Set.of(Product.SSL), TestServer.TESTER);
    try (RawConnection connection = RawConnection.https(server)) {
      assertThat(connection.post(Forms.SSL, Forms.status(imported, "U*U", 7)).body()).isNotEmpty();
    }
    Await.until(
        "the imported hash is replaced",
        () -> server.store().events().ofAccount(imported).size() == 2);
  }
}
