package org.certcollect.store.testing;

import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.certcollect.store.Event;
import org.certcollect.store.Store;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.jdbc.postgres.PostgresStore;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.certcollect.store.x509.VerifiedChain;

/**
 * A program that changes a store endlessly until a test kills it. It acknowledges each change on
 * its output after the call has returned.
 */
public final class CrashWriter {
  private final Store store;
  private final Random random;
  private final PrintStream out;
  private final VerifiedChain chain = chain("chain-3");

  private CrashWriter(Store store, long seed, PrintStream out) {
    this.store = store;
    this.random = new Random(seed);
    this.out = out;
  }

  /**
   * Changes the store until it is killed.
   *
   * @param arguments the port of a {@link PostgresServer} or the file of an SQLite store, and a
   *     seed that no other run on it had
   */
  public static void main(String[] arguments) {
    long seed = Long.parseLong(arguments[1]);
    Store store =
        arguments[0].matches("[0-9]+")
            ? PostgresStore.open(patient("127.0.0.1:" + arguments[0]), Clock.systemUTC())
            : SqliteStore.open(Path.of(arguments[0]), Clock.systemUTC());
    CrashWriter writer = new CrashWriter(store, seed, System.out);
    String login = "demo" + seed;
    store.accounts().add(login, HASH, BOTH, ALICE);
    writer.acknowledgeAccount(login);
    while (true) {
      writer.liveOneOrder(login);
    }
  }

  /** The settings for a process whose JVM may be slow to start. */
  public static PostgresConfig patient(String host) {
    return PostgresServer.config(host, "").with(4, Duration.ofSeconds(30));
  }

  private void liveOneOrder(String login) {
    long number = store.orders().add(order(login, Product.SSL), ALICE).number();
    acknowledgeOrder(number);
    if (random.nextInt(4) == 0) {
      store.orders().reject(number, Optional.of("no answer"), ALICE);
      acknowledgeOrder(number);
      return;
    }
    store.orders().pay(number, ALICE);
    acknowledgeOrder(number);
    for (int issues = random.nextInt(3); issues >= 0; issues--) {
      store.orders().issue(number, chain, ALICE);
      acknowledgeOrder(number);
    }
    if (random.nextBoolean()) {
      store.orders().revoke(number, Optional.empty(), ALICE);
      acknowledgeOrder(number);
    }
    store.accounts().setPassword(login, new PasswordHash("$" + random.nextLong()), ALICE);
    acknowledgeAccount(login);
  }

  private void acknowledgeOrder(long number) {
    acknowledge("order " + number, store.events().ofOrder(number));
  }

  private void acknowledgeAccount(String login) {
    acknowledge("account " + login, store.events().ofAccount(login));
  }

  /**
   * Prints the name of the changed thing, the number of its changes and the last change. A full
   * stop shows that the line is complete.
   */
  private void acknowledge(String what, List<Event> events) {
    String last = events.get(events.size() - 1).action();
    out.println(what + " " + events.size() + " " + last + " .");
    out.flush();
  }
}
