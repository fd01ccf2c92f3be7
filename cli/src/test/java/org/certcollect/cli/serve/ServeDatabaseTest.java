package org.certcollect.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.cli.ChildProcess;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.cli.HttpsCaller;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.testing.FaultProxy;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeDatabaseTest {
  private static final String SERVE =
      "serve --https-port=0 --http-port=off --set=listen.host=127.0.0.1 --set=store.deadline=1s";
  private static final String POLL = "loginName=a&loginPassword=b&orderNumber=5&queryType=0";

  @TempDir private Path folder;

  /** Broke once: the server ended, and a machine that started before its database stayed dead. */
  @Test
  void itWaitsForItsDatabaseAndServesAsSoonAsThatIsThere() throws Exception {
    try (FaultProxy proxy = new FaultProxy(Postgres.server().port())) {
      PostgresConfig config = Postgres.empty(proxy.host());
      Path data = Files.createDirectory(folder.resolve("data"));
      Path password =
          Files.writeString(data.resolve("password"), config.password().orElseThrow() + "\n");
      Files.writeString(
          data.resolve("certcollect.properties"),
          "store.url=%s\nstore.user=%s\nstore.password-file=%s\n"
              .formatted(config.url(), config.user(), password));
      proxy.refuse();
      try (ChildProcess server =
          ChildProcess.start(
              Files.createDirectory(folder.resolve("tmp")),
              (SERVE + " --init --data=" + data).split(" "))) {
        String url = server.await("https://");
        HttpsCaller caller = new HttpsCaller();
        Cli cli = new Cli(data);
        assertThat(caller.post(url, POLL)).startsWith("-14\n");
        assertThat(caller.post(url.replace("SSL", "CCC"), "collectionCode=X&queryType=0"))
            .startsWith("-14\n");
        assertThat(cli.run("status"))
            .satisfies(run -> assertThat(run.exit()).isEqualTo(1))
            .satisfies(run -> assertThat(run.out()).contains("ready: no\n", "cannot be reached"));
        server.awaitErr("The database cannot be reached");

        proxy.pass();
        server.awaitErr("The store is open");
        assertThat(caller.post(url, POLL)).startsWith("-16\n");
        assertThat(cli.done("status").out()).contains("ready: yes\n", "store: ok\n");
        Files.writeString(password, "mistyped");
        server.send("HUP");
        server.awaitErr("Nothing changes");
        proxy.refuse();
        proxy.pass();
        assertThat(caller.post(url, POLL)).as("the old password still counts").startsWith("-16\n");
        assertThat(server.terminate()).isZero();
        assertThat(server.err()).contains("it refuses this user").doesNotContain("mistyped");
        assertThat(server.err()).containsOnlyOnce("The database cannot be reached");
        assertThat(server.err())
            .containsOnlyOnce("There was no store in " + config.name())
            .contains("account add LOGIN", "or name another database in store.url");
      }
      proxy.refuse();
      try (ChildProcess server =
          ChildProcess.start(folder.resolve("tmp"), (SERVE + " --data=" + data).split(" "))) {
        server.await("https://");
        assertThat(server.terminate()).as("while it waits").isZero();
      }
      proxy.pass();
      Files.writeString(password, config.password().orElseThrow());
      try (ChildProcess server =
          ChildProcess.start(
              folder.resolve("tmp"), (SERVE + " --init --data=" + data).split(" "))) {
        String url = server.await("https://");
        assertThat(new HttpsCaller().post(url, POLL)).startsWith("-16\n");
        assertThat(server.terminate()).isZero();
        assertThat(server.err()).as("it was there").doesNotContain("There was no store");
      }
    }
  }

  @Test
  void emptyDatabaseIsNotMadeAStoreUnlessItIsTold() throws Exception {
    PostgresConfig config = Postgres.empty();
    Run run = new Cli(folder).on(config).run(SERVE);
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("no store at postgresql://", "certcollect serve --init");
    assertThat(Postgres.tables(config)).isEmpty();
  }

  @Test
  void wrongPasswordEndsIt() {
    PostgresConfig config = Postgres.empty();
    Run run = new Cli(folder).on(config).with("CERTCOLLECT_STORE_PASSWORD", "wrong").run(SERVE);
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("it refuses this user");
  }
}
