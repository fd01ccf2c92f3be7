package org.certcollect.bench.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.postgres.PostgresStore;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.certcollect.store.testing.Postgres;

/** A store on either engine that goes away when it is closed, or at the latest with this JVM. */
final class ThrowawayStore implements AutoCloseable {
  private final Store store;
  private final Runnable afterwards;

  private ThrowawayStore(Store store, Runnable afterwards) {
    this.store = store;
    this.afterwards = afterwards;
  }

  /** A file in a temporary folder. */
  static ThrowawayStore onSqlite() {
    try {
      Path folder = Files.createTempDirectory("certcollect-bench-");
      Store store = SqliteStore.open(folder.resolve("store.db"), Clock.systemUTC());
      return new ThrowawayStore(store, () -> remove(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A database of the tests' server, whose programs come from Maven Central. */
  static ThrowawayStore onPostgres() {
    return new ThrowawayStore(PostgresStore.open(Postgres.empty(), Clock.systemUTC()), () -> {});
  }

  Store store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
    afterwards.run();
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
