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
  /** The file of the self-signed certificate and its key, used if none is configured. */
  public static final String SELF_SIGNED = "self-signed.pem";

  /** The file of the configuration, unless another file is named. */
  public static final String CONFIGURATION = "certcollect.properties";

  /** The Unix socket of the server that runs on the folder. */
  public static final String MANAGEMENT_SOCKET = "management.sock";

  /** The folder of the audit log. */
  public static final String AUDIT = "audit";

  /** The key that signs the audit log. */
  public static final String AUDIT_KEY = "audit.key";

  private static final String STORE = "certcollect.sqlite";
  private static final List<String> BESIDE = List.of("", "-wal", "-shm");
  private static final String CODES_KEY = "collection-codes.key";
  private static final List<String> OTHERS =
      List.of(CODES_KEY, AUDIT_KEY, CONFIGURATION, SELF_SIGNED, MANAGEMENT_SOCKET);

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

  /** Opens the store, and creates it if there is none. */
  public Store openOrCreate(Clock clock) {
    return openOrCreate(clock, () -> {});
  }

  /**
   * Opens the store as {@link #openOrCreate(Clock)} does.
   *
   * @param made is called if there was no store and a new one was made
   */
  public Store openOrCreate(Clock clock, Runnable made) {
    boolean isNew = !hasStore();
    create();
    Store store;
    try {
      store = SqliteStore.open(file(STORE), clock);
    } finally {
      if (isNew) {
        // SQLite itself gives the files that it makes later to the owner of the first one. A
        // failed opening leaves files, too.
        BESIDE.forEach(suffix -> PrivateFiles.giveToOwnerOfFolder(file(STORE + suffix)));
      }
    }
    if (isNew) {
      made.run();
    }
    return store;
  }

  /**
   * Opens the store for a server. A key of collection codes without a store means that the store is
   * away, for example because its disk is not mounted. A server on a new, empty store would then
   * tell every client that nothing exists.
   *
   * @param create whether to make a store in a folder that never had one
   * @param made is called if one was made
   * @throws FileException if the store is missing; nothing is made
   */
  public Store openToServe(Clock clock, boolean create, Runnable made) {
    if (Files.exists(codesKey(), LinkOption.NOFOLLOW_LINKS) && !hasStore()) {
      throw new FileException(file(STORE), FileException.Reason.STORE_AWAY);
    }
    return create ? openOrCreate(clock, made) : openExisting(clock);
  }

  /** Opens the store. If there is none, this fails and creates nothing. */
  public Store openExisting(Clock clock) {
    return SqliteStore.open(existingStoreFile(), clock);
  }

  /**
   * The file of the store.
   *
   * @throws FileException if there is no store
   */
  public Path existingStoreFile() {
    if (!hasStore()) {
      throw new FileException(path, FileException.Reason.NO_STORE);
    }
    return file(STORE);
  }

  /**
   * Whether the file of the store exists.
   *
   * @throws FileException if this user may not enter the folder
   */
  public boolean hasStore() {
    boolean isFile = Files.exists(path) && !Files.isDirectory(path);
    boolean isHidden = !Files.exists(file(STORE)) && !Files.notExists(file(STORE));
    if (isFile || isHidden) {
      throw new FileException(path, FileException.Reason.NOT_A_FOLDER);
    }
    return Files.exists(file(STORE));
  }

  /**
   * Refuses one of certcollect's own files as a file to read or write.
   *
   * @param elsewhere own files outside this folder, named by the configuration
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
      throw FileException.unreadable(given, e);
    }
  }

  /**
   * Whether a file is the store, a file that SQLite keeps beside it, a key, the configuration or
   * part of the audit log. Links are followed. The store must not even be read while it is open:
   * when a process closes a file, it loses the locks that SQLite holds on that file.
   */
  public boolean isOwn(Path given) throws IOException {
    Path wanted = canonical(given);
    Path store = canonical(file(STORE));
    boolean isOwn = wanted.startsWith(canonical(file(AUDIT)));
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

  /** The path without links. The file need not exist. */
  private static Path canonical(Path file) throws IOException {
    return file.toFile().getCanonicalFile().toPath();
  }

  /** The file of the key of the collection codes, unless another file is configured. */
  Path codesKey() {
    return file(CODES_KEY);
  }

  /** Creates the folder. Only its owner may enter it. */
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
