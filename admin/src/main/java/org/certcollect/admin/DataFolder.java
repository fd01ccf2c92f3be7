package org.certcollect.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.sqlite.SqliteStore;

/** The folder that holds the store and the generated keys. */
public final class DataFolder {
  /** The server's certificate where none is configured, with its key. */
  public static final String SELF_SIGNED = "self-signed.pem";

  /** The configuration, unless another file is named. */
  public static final String CONFIGURATION = "certcollect.properties";

  private static final String STORE = "certcollect.sqlite";
  private static final List<String> BESIDE = List.of("", "-wal", "-shm");
  private static final String CODES_KEY = "collection-codes.key";
  private static final List<String> OTHERS = List.of(CODES_KEY, CONFIGURATION, SELF_SIGNED);

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
    boolean isNew = !Files.exists(file(STORE));
    try {
      return SqliteStore.open(file(STORE), clock);
    } finally {
      if (isNew) {
        // SQLite itself gives the files that it makes later to the owner of the first one. A
        // failed opening leaves files, too.
        BESIDE.forEach(suffix -> FileOwner.giveToOwnerOfFolder(file(STORE + suffix)));
      }
    }
  }

  /**
   * Opens the store for a server, and makes it in a folder that never had one. A key of collection
   * codes without a store means that the store is away, for example because its disk is not
   * mounted. A server on a new, empty store would then tell every client that nothing exists.
   *
   * @throws FileException if the store is missing and the key is there; nothing is made
   */
  public Store openToServe(Clock clock) {
    if (Files.exists(codesKey(), LinkOption.NOFOLLOW_LINKS) && !hasStore()) {
      throw new FileException(file(STORE), FileException.Reason.STORE_AWAY);
    }
    return openOrCreate(clock);
  }

  /** Opens the store for a verb that makes none, which leaves nothing where there is none. */
  public Store openExisting(Clock clock) {
    return SqliteStore.open(existingStoreFile(), clock);
  }

  /** The store's file, if it is there. */
  public Path existingStoreFile() {
    if (!hasStore()) {
      throw new FileException(path, FileException.Reason.NO_STORE);
    }
    return file(STORE);
  }

  /** Whether the store's file is there; who may not look is told so. */
  public boolean hasStore() {
    boolean isFile = Files.exists(path) && !Files.isDirectory(path);
    boolean isHidden = !Files.exists(file(STORE)) && !Files.notExists(file(STORE));
    if (isFile || isHidden) {
      throw new FileException(path, FileException.Reason.NOT_A_FOLDER);
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
        throw new FileException(given, FileException.Reason.OWN_FILE);
      }
    } catch (IOException e) {
      throw new FileException(given, FileException.Reason.NOT_READABLE);
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
        throw new FileException(path, FileException.Reason.NOT_CREATABLE);
      }
    }
  }
}
