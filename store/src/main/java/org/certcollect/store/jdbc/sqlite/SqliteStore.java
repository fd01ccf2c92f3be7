package org.certcollect.store.jdbc.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Database;

/** Opens a {@link Store} that is one SQLite file. */
public final class SqliteStore {
  private static final int WRITERS = 1;

  private SqliteStore() {}

  /**
   * Opens the store in a file, as {@link #open(Path, Clock, int)} does, with a reader for each
   * core.
   *
   * @throws StoreUnavailableException when the file cannot be used
   */
  public static Store open(Path file, Clock clock) {
    return open(file, clock, Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Opens the store in a file. A missing file is made, readable by its owner alone, in a folder
   * that exists; older tables are brought up to date. Several processes may have the same file
   * open.
   *
   * @param clock tells the time of changes
   * @param readers how many reads may run at once
   * @throws org.certcollect.store.domain.NativeLibraryException if the temporary folder cannot be
   *     used
   * @throws StoreUnavailableException when the file lies on a network file system, has a path with
   *     a question mark, is empty, is no store of certcollect or a newer one's, or cannot be used
   */
  public static Store open(Path file, Clock clock, int readers) {
    SqliteLibrary.load();
    SqliteEngine engine = new SqliteEngine(file);
    prepare(file);
    SqliteIdentity.require(file);
    Database database = engine.open(readers, WRITERS);
    try {
      engine.migrator(database, clock).migrate();
      return engine.store(database, clock);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Makes the file if it is missing, and refuses one that cannot be a store. */
  static void prepare(Path file) {
    boolean exists = Files.exists(file);
    Path folder = file.toAbsolutePath().resolveSibling("");
    try {
      FileStore disk = Files.getFileStore(exists ? file : folder);
      if (NetworkFileSystems.contains(disk.type())) {
        throw new StoreUnavailableException(
            "%s lies on a network file system (%s), where SQLite is not safe: use a local disk, or PostgreSQL"
                .formatted(file, disk.type()));
      }
      if (Files.isSymbolicLink(file) && !exists) {
        throw new StoreUnavailableException(
            file + " is a link to a file that is not there: restore that file or remove the link");
      }
      if (!exists) {
        make(file, folder, disk);
      } else if (Files.isRegularFile(file) && Files.size(file) == 0) {
        throw new StoreUnavailableException(
            file
                + " is empty, which no store ever is: restore it from your backup, or remove it to"
                + " begin with a new one");
      }
    } catch (IOException e) {
      throw new StoreUnavailableException(
          file + " cannot be made: see that its folder exists and this user may write there", e);
    }
  }

  /** It is there with its head or not at all, so that an empty one is one that was cut. */
  private static void make(Path file, Path folder, FileStore disk) throws IOException {
    // SQLite gives its log the rights of this file.
    Path temporary = Files.createTempFile(folder, ".", ".new", ownerOnly(disk));
    try {
      SqliteIdentity.write(temporary);
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      // Another process was first.
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static FileAttribute<?>[] ownerOnly(FileStore disk) {
    return disk.supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
