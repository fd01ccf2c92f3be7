package org.certcollect.store.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Debian's PgBouncer in transaction mode, before the server that all tests of a JVM share. Each of
 * its clients may get another connection to the server for each transaction.
 */
public final class PgBouncer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** PgBouncer connects anew to each database, which takes long beside other tests. */
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final Pattern VERSION = Pattern.compile("PgBouncer (\\d+)\\.(\\d+)");

  private static final String SETTINGS =
      """
      [databases]
      * = host=127.0.0.1 port=SERVER_PORT
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = OWN_PORT
      unix_socket_dir =
      pool_mode = transaction
      server_round_robin = 1
      max_client_conn = 500
      default_pool_size = 4
      server_idle_timeout = 1
      auth_type = scram-sha-256
      auth_file = USERS_FILE
      ignore_startup_parameters = extra_float_digits
      """;

  private final HeldPort port = new HeldPort();
  private final Process process;

  private PgBouncer() throws IOException {
    Path folder = PostgresFolder.get().newServer();
    Path users = folder.resolve("users.txt");
    Files.writeString(
        users, String.format("\"%s\" \"%s\"%n", PostgresServer.USER, PostgresServer.PASSWORD));
    Path settings = folder.resolve("pgbouncer.ini");
    // Only versions that could keep the statements of clients apart know this setting.
    String mixed = keepsStatements() ? "max_prepared_statements = 0\n" : "";
    Files.writeString(
        settings,
        SETTINGS
            .concat(mixed)
            .replace("SERVER_PORT", String.valueOf(Postgres.server().port()))
            .replace("OWN_PORT", String.valueOf(port.number()))
            .replace("USERS_FILE", users.toString()));
    process =
        PostgresFolder.get()
            .unprivileged(List.of(PROGRAM.toString(), settings.toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("pgbouncer.log").toFile())
            .start();
    awaitReady(folder.resolve("pgbouncer.log"));
  }

  /** Whether this version, 1.21 or later, can keep prepared statements in transaction mode. */
  private static boolean keepsStatements() throws IOException {
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "--version").redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher version = VERSION.matcher(told);
    if (!version.find()) {
      throw new IOException("a version was expected of pgbouncer: " + told);
    }
    return Integer.parseInt(version.group(1)) > 1 || Integer.parseInt(version.group(2)) >= 21;
  }

  /** Starts PgBouncer, or skips the test on a machine that does not have it. */
  public static PgBouncer start() {
    assumeTrue(Files.isExecutable(PROGRAM), "pgbouncer is missing; .ci/run installs it");
    try {
      return new PgBouncer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty database, reached through PgBouncer; the parameters begin with a question mark. */
  public PostgresConfig empty(String parameters) {
    String database = "bounced_" + DATABASES.incrementAndGet();
    Postgres.server().execute("CREATE DATABASE " + database);
    PostgresConfig direct = Postgres.server().config();
    return new PostgresConfig(
        "jdbc:postgresql://" + host() + "/" + database + parameters,
        direct.user(),
        direct.password(),
        direct.poolSize(),
        DEADLINE);
  }

  private String host() {
    return "127.0.0.1:" + port.number();
  }

  private void awaitReady(Path log) throws IOException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://" + host() + "/postgres");
    source.setUser(PostgresServer.USER);
    source.setPassword(PostgresServer.PASSWORD);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        source.getConnection().close();
        return;
      } catch (SQLException e) {
        if (System.nanoTime() > end || !process.isAlive()) {
          close();
          throw new IOException(Files.readString(log), e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
