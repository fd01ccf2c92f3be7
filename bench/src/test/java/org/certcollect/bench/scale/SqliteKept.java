package org.certcollect.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.sqlite.SqliteStore;

/** An SQLite file in a data folder. */
record SqliteKept(Subject subject, Path folder) implements KeptStore {
  private static final String FILE = "certcollect.sqlite";

  @Override
  public Path data() {
    return folder;
  }

  @Override
  public Store open() {
    return SqliteStore.open(folder.resolve(FILE), Clock.systemUTC());
  }

  @Override
  public long bytes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(FILE))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  /** Does nothing: the end of an import moves the log into the file. */
  @Override
  public void settle() {}

  @Override
  public void close() {}
}
