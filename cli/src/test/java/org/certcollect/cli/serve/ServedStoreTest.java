package org.certcollect.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.certcollect.cli.Cli;
import org.certcollect.cli.verb.GlobalOptions;
import org.certcollect.cli.verb.Shell;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.testing.FaultProxy;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The opening of a store whose database comes and goes. */
class ServedStoreTest {
  private final AtomicInteger made = new AtomicInteger();
  @TempDir private Path folder;

  private ServedStore served(PostgresConfig config) {
    Map<String, String> environment =
        Map.of(
            "CERTCOLLECT_DATA", folder.toString(),
            "CERTCOLLECT_STORE_URL", config.url(),
            "CERTCOLLECT_STORE_USER", config.user(),
            "CERTCOLLECT_STORE_PASSWORD", config.password().orElseThrow(),
            "CERTCOLLECT_STORE_DEADLINE", "1s");
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Shell shell = new Shell(Cli.surroundings(environment, nowhere), new GlobalOptions());
    return new ServedStore(shell.configuration().read(), shell, true, made::incrementAndGet);
  }

  /** Broke once: the waiting server ended, since the database had been reached already. */
  @Test
  @Timeout(60)
  void aDatabaseThatBreaksBeforeTheKeyOfCodesIsReadIsWaitedForAgain() {
    try (FaultProxy proxy = new FaultProxy(Postgres.server().port());
        ServedStore served = served(Postgres.empty(proxy.host()))) {
      assertThat(
              served.open(
                  reached -> {
                    proxy.refuse();
                    return reached;
                  }))
          .isPresent();
      proxy.pass();

      // A connection that comes after the deadline of one attempt is used by a later one.
      while (served.open(UnaryOperator.identity()).isPresent()) {
        Thread.onSpinWait();
      }
      assertThat(served.store().check().ok()).isTrue();
      assertThat(made).as("told once").hasValue(1);
    }
  }

  /** Broke once: the thread ended alone, and the server waited for ever. */
  @Test
  void anErrorEndsTheWaitWithItsFailure() throws InterruptedException {
    LinkageError error = new LinkageError("a class is missing");
    CountDownLatch failed = new CountDownLatch(1);
    try (ServedStore served = served(Postgres.empty())) {
      served.openLater(
          reached -> {
            throw error;
          },
          () -> {},
          failed::countDown);
      assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(served.failure()).containsSame(error);
    }
  }
}
