package org.certcollect.bench.scale;

import java.io.IOException;
import java.nio.file.Path;
import org.certcollect.store.Store;

/** A store with a number of orders that stays for the next run. */
interface KeptStore extends AutoCloseable {
  Subject subject();

  /** Its own folder. */
  Path folder();

  /** The data folder for the command line. */
  Path data();

  /** Opens it; the caller closes the result. */
  Store open();

  /** The size on disk. */
  long bytes() throws IOException;

  /** Does the maintenance that the database would do by itself some time after an import. */
  void settle();

  /** Stops its database server, if it has one. */
  @Override
  void close();

  static KeptStore in(Path folders, Subject subject) throws IOException {
    Path folder = folders.resolve(subject.engine() + "-" + subject.orders());
    return switch (subject.engine()) {
      case SQLITE -> new SqliteKept(subject, folder);
      case POSTGRESQL -> PostgresKept.start(subject, folder);
    };
  }
}
