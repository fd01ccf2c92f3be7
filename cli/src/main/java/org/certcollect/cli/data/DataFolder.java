package org.certcollect.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.certcollect.cli.CommandException;
import org.certcollect.cli.config.ConfigurationReader;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.sqlite.SqliteStore;

/** The folder that holds the store and the generated keys. */
public final class DataFolder {
  /** The server's certificate where none is configured, with its key. */
  public static final String SELF_SIGNED = "self-signed.pem";

  private static final String STORE = "certcollect.sqlite";
  private static final List<String> BESIDE = List.of("", "-wal", "-shm");
  private static final String CODES_KEY = "collection-codes.key";
  private static final List<String> OTHERS =
      List.of(CODES_KEY, ConfigurationReader.FILE_NAME, SELF_SIGNED);

  private final Path path;

  public DataFolder(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  public Path file(String name) {
    return path.resolve(name);
  }

  /** Opens the store, and makes it where there is none. */
  public Store openOrCreate(Clock clock) {
    create();
    return SqliteStore.open(file(STORE), clock);
  }

  /** Opens the store for a verb that makes none, which leaves nothing where there is none. */
  public Store openExisting(Clock clock) {
    return SqliteStore.open(existingStoreFile(), clock);
  }

  /** The store's file, if it is there. */
  public Path existingStoreFile() {
    if (!hasStore()) {
      throw CommandException.store(
          "no store at %s: run `certcollect account add` first, or name another folder with --data"
              .formatted(path));
    }
    return file(STORE);
  }

  /** Whether the store's file is there; who may not look is told so. */
  public boolean hasStore() {
    boolean isFile = Files.exists(path) && !Files.isDirectory(path);
    boolean isHidden = !Files.exists(file(STORE)) && !Files.notExists(file(STORE));
    if (isFile || isHidden) {
      throw CommandException.store(
          "%s is no folder that this user may enter: see to its rights, or name another with --data"
              .formatted(path));
    }
    return Files.exists(file(STORE));
  }

  /**
   * Refuses a file of its own as one that is given to read or to write.
   *
   * @param elsewhere more of its own, which the configuration names
   */
  public void requireNotOwn(Path given, List<Path> elsewhere) {
    try {
      boolean isOwn = isOwn(given);
      for (Path file : elsewhere) {
        isOwn |= isSame(canonical(given), canonical(file));
      }
      if (isOwn) {
        throw CommandException.refused(
            given + " is one of certcollect's own files: choose another one");
      }
    } catch (IOException e) {
      throw CommandException.refused(given + " cannot be used: " + e.getMessage());
    }
  }

  /**
   * Whether a file is the store, one of those that SQLite keeps beside it, a key or the
   * configuration, by whatever links. The first of these must not even be read while the store is
   * open: when a process closes a file, it loses the locks that SQLite has on it.
   */
  public boolean isOwn(Path given) throws IOException {
    Path wanted = canonical(given);
    Path store = canonical(file(STORE));
    boolean isOwn = false;
    for (String name : OTHERS) {
      isOwn |= isSame(wanted, canonical(file(name)));
    }
    for (String suffix : BESIDE) {
      isOwn |= isSame(wanted, store.resolveSibling(store.getFileName() + suffix));
    }
    return isOwn;
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    return one.equals(other)
        || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
  }

  /** Without links, and also of what is not there yet. */
  private static Path canonical(Path file) throws IOException {
    return file.toFile().getCanonicalFile().toPath();
  }

  /** Where the key of the collection codes is, unless another file is configured. */
  Path codesKey() {
    return file(CODES_KEY);
  }

  /** Makes the folder, for its owner alone. */
  public void create() {
    try {
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (!Files.isDirectory(path)) {
        Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      if (!Files.isDirectory(path)) {
        throw CommandException.store(
            ("%s cannot be made a folder: see that it is no file and this user may write there, or"
                    + " name another folder with --data")
                .formatted(path));
      }
    }
  }
}
