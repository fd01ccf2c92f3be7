package org.certcollect.store.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server on a free port of this host. It does not write through to the disk: what it
 * is told survives the server, not the machine. It ends with this JVM at the latest.
 */
public final class PostgresServer implements AutoCloseable {
  public static final String USER = "postgres";
  public static final String PASSWORD = "not the one of a server that matters";

  /** Says that a folder was made whole. */
  private static final String COMPLETE = "complete";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Runs the server until the end of the input, which comes with the end of this JVM. */
  private static final String GUARD =
      "trap '' INT TERM; \"$@\" & cat >/dev/null; kill -QUIT $! 2>/dev/null; wait";

  private final Path folder;
  private final HeldPort port = new HeldPort();
  private final List<String> settings;
  private Optional<Process> guard = Optional.empty();

  private PostgresServer(Path folder, List<String> settings) throws IOException {
    this.folder = folder;
    this.settings = settings;
  }

  /**
   * Makes a server and starts it.
   *
   * @param settings as in postgresql.conf, for example {@code synchronous_commit=on}
   */
  public static PostgresServer start(String... settings) {
    try {
      PostgresServer server =
          new PostgresServer(PostgresFolder.get().newServer(), List.of(settings));
      server.initialize();
      server.run();
      return server;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same, for connections with TLS alone; certificate and key are PEM. */
  public static PostgresServer startWithTls(String certificate, String key) {
    try {
      PostgresServer server =
          new PostgresServer(
              PostgresFolder.get().newServer(),
              List.of("ssl=on", "ssl_cert_file=../tls.crt", "ssl_key_file=../tls.key"));
      server.initialize();
      server.writeOwn("tls.crt", certificate);
      server.writeOwn("tls.key", key);
      Files.writeString(
          server.folder.resolve("data/pg_hba.conf"), "hostssl all all all scram-sha-256\n");
      server.run();
      return server;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void writeOwn(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    PostgresFolder.get().give(file);
  }

  /**
   * Starts a server whose data stay in a folder, made where it is not there.
   *
   * @param folder one that the user "nobody" can reach, where this one is root
   * @param settings as for {@link #start}
   */
  public static PostgresServer startIn(Path folder, String... settings) {
    try {
      boolean isNew = !Files.exists(folder.resolve(COMPLETE));
      if (isNew) {
        PostgresFolder.get().give(Files.createDirectories(folder));
      }
      PostgresServer server = new PostgresServer(folder, List.of(settings));
      if (isNew) {
        server.initialize();
        Files.createFile(folder.resolve(COMPLETE));
      }
      server.run();
      return server;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return port.number();
  }

  /** The database "postgres", by whatever way to it. */
  public static PostgresConfig config(String hosts, String parameters) {
    return new PostgresConfig(
        "jdbc:postgresql://" + hosts + "/postgres" + parameters,
        USER,
        Optional.of(PASSWORD),
        4,
        Duration.ofSeconds(3));
  }

  /** Its database "postgres". */
  public PostgresConfig config() {
    return config(host(), "");
  }

  public String host() {
    return "127.0.0.1:" + port();
  }

  /** A connection beside those of the stores. */
  public Connection connect() throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://" + host() + "/postgres");
    source.setUser(USER);
    source.setPassword(PASSWORD);
    source.setConnectTimeout(1);
    return source.getConnection();
  }

  /** Executes statements, each a transaction of its own. */
  public void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a hot standby of this server, and starts it; it follows this one by streaming. */
  public PostgresServer standby(String... itsSettings) {
    try {
      Path copy = PostgresFolder.get().newServer();
      new BaseBackup(this, folder.resolve("data"), copy.resolve("data")).make();
      PostgresServer standby = new PostgresServer(copy, List.of(itsSettings));
      standby.run();
      return standby;
    } catch (IOException | InterruptedException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a primary of a standby. */
  public void promote() {
    execute("SELECT pg_promote(false)");
  }

  /** Starts it again, after {@link #kill} or {@link #close}, on the same port. */
  public void startAgain() {
    try {
      run();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run() throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "guard"));
    command.add(PostgresFolder.get().program("postgres").toString());
    command.addAll(List.of("-D", folder.resolve("data").toString(), "-p", String.valueOf(port())));
    List<String> all =
        new ArrayList<>(
            List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "full_page_writes=off",
                "shared_buffers=32MB",
                "max_connections=200",
                "wal_keep_size=256MB",
                "autovacuum=off"));
    all.addAll(settings);
    all.forEach(setting -> command.addAll(List.of("-c", setting)));
    guard =
        Optional.of(
            PostgresFolder.get()
                .unprivileged(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("log.txt").toFile()))
                .start());
    awaitReady();
  }

  /** Ends all its processes at once, as a loss of power does. */
  public void kill() {
    guard.ifPresent(
        process -> {
          List<ProcessHandle> all = process.descendants().toList();
          process.destroyForcibly();
          all.forEach(ProcessHandle::destroyForcibly);
          all.forEach(each -> each.onExit().join());
        });
    guard = Optional.empty();
  }

  @Override
  public void close() {
    try {
      if (guard.isPresent()) {
        guard.get().getOutputStream().close();
        guard.get().waitFor();
      }
      guard = Optional.empty();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void initialize() throws IOException, InterruptedException {
    Path secret = folder.resolve("password.txt");
    Files.writeString(secret, PASSWORD);
    // The order of an ordinary database: that of a language, not of bytes.
    List<String> command =
        List.of(
            PostgresFolder.get().program("initdb").toString(),
            "--pgdata=" + folder.resolve("data"),
            "--username=" + USER,
            "--pwfile=" + secret,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=icu",
            "--icu-locale=en-US",
            "--no-sync");
    Process process =
        PostgresFolder.get()
            .unprivileged(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("initdb.txt").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(Files.readString(folder.resolve("initdb.txt")));
    }
  }

  private void awaitReady() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        connect().close();
        return;
      } catch (SQLException e) {
        if (System.nanoTime() > end || !guard.orElseThrow().isAlive()) {
          throw new IOException(Files.readString(folder.resolve("log.txt")), e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
  }
}
