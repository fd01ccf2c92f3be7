package org.certcollect.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.postgres.PostgresStore;
import org.certcollect.store.testing.PostgresServer;

/**
 * A PostgreSQL server with durable settings, and with the memory that its manual advises, about a
 * quarter of the machine's.
 */
record PostgresKept(Subject subject, Path folder, PostgresServer server) implements KeptStore {
  private static final String[] SETTINGS = {
    "fsync=on", "full_page_writes=on", "autovacuum=on", "shared_buffers=4GB", "wal_keep_size=0"
  };

  static PostgresKept start(Subject subject, Path folder) throws IOException {
    PostgresServer server = PostgresServer.startIn(folder.resolve("server"), SETTINGS);
    PostgresKept kept = new PostgresKept(subject, folder, server);
    kept.configure();
    return kept;
  }

  /** Writes the configuration for the command line; the port differs each time. */
  private void configure() throws IOException {
    Files.createDirectories(
        data(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path password = data().resolve("store-password");
    Files.writeString(password, PostgresServer.PASSWORD);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        data().resolve("certcollect.properties"),
        """
        store.url=jdbc:postgresql://%s/postgres
        store.user=%s
        store.password-file=store-password
        """
            .formatted(server.host(), PostgresServer.USER));
  }

  @Override
  public Path data() {
    return folder.resolve("data");
  }

  @Override
  public Store open() {
    // Slow statements are measured, not aborted.
    return PostgresStore.open(server.config().with(2, Duration.ofMinutes(5)), Clock.systemUTC());
  }

  @Override
  public long bytes() {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
      return size.next() ? size.getLong(1) : 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void settle() {
    server.execute("VACUUM (ANALYZE)", "CHECKPOINT");
  }

  @Override
  public void close() {
    // Without it the next start would have much to recover.
    server.execute("CHECKPOINT");
    server.close();
  }
}
