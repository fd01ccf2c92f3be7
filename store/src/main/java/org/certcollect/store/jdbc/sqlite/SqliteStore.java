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
import org.certcollect.store.jdbc.Migrator;

/** A factory of {@link Store}s that are one SQLite file each. */
public final class SqliteStore {
  private static final int WRITERS = 1;

  private SqliteStore() {}

  /**
   * Opens the store in a file, as {@link #open(Path, Clock, int)} does, with a reader for each
   * core.
   *
   * @throws StoreUnavailableException if the file cannot be used
   */
  public static Store open(Path file, Clock clock) {
    return open(file, clock, Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Opens the store in a file. A missing file is created, readable only by its owner, if its folder
   * exists. Older tables are migrated. Several processes may have the same file open.
   *
   * @param clock tells the time of changes
   * @param readers the maximum number of concurrent reads
   * @throws org.certcollect.store.domain.NativeLibraryException if the temporary folder cannot be
   *     used
   * @throws StoreUnavailableException if the file is on a network file system, has a path with a
   *     question mark, is empty, is not a store of certcollect, is a store of a newer release, or
   *     cannot be used
   */
  public static Store open(Path file, Clock clock, int readers) {
    SqliteLibrary.load();
    SqliteEngine engine = new SqliteEngine(file);
    prepare(file);
    SqliteIdentity.require(file);
    return open(engine, clock, readers);
  }

  /** Opens the store in a file that is there. */
  static Store open(SqliteEngine engine, Clock clock, int readers) {
    Database database = engine.open(readers, WRITERS);
    try {
      Migrator migrator = engine.migrator(database, clock);
      new PostponedIndexes(engine).completeAtOpening(database, migrator);
      migrator.migrate();
      return engine.store(database, clock);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Creates the file if it is missing, and refuses a file that cannot be a store. */
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
          file + " cannot be made: check whether its folder exists and this user may write there",
          e);
    }
  }

  /**
   * Creates the file together with its header, so that an empty file can only be one that was
   * truncated.
   */
  private static void make(Path file, Path folder, FileStore disk) throws IOException {
    // SQLite gives its log the permissions of this file.
    Path temporary = Files.createTempFile(folder, ".", ".new", ownerOnly(disk));
    try {
      SqliteIdentity.write(temporary);
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      // Another process has created the file first.
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
