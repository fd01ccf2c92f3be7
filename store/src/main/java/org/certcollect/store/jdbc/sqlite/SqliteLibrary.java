package org.certcollect.store.jdbc.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.certcollect.store.domain.NativeLibraryException;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The loading of SQLite's native library from the jar, once in each process.
 *
 * <p>The library has to be a file for this. The driver would delete its file when the JVM ends, so
 * every SIGKILL would leave 1.1 MB in the temporary folder. Here the file is deleted as soon as it
 * is loaded. An operator's own {@code org.sqlite.lib.path} is left to the driver.
 */
final class SqliteLibrary {
  private static final String PATH = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  private static boolean loaded;

  private SqliteLibrary() {}

  /**
   * Loads the library, if it is not loaded yet.
   *
   * @throws NativeLibraryException if the temporary folder is missing, full, read-only or mounted
   *     noexec
   */
  static synchronized void load() {
    if (loaded || System.getProperty(PATH) != null) {
      return;
    }
    String resources = LibraryLoaderUtil.getNativeLibResourcePath();
    String name = LibraryLoaderUtil.getNativeLibName();
    if (!LibraryLoaderUtil.hasNativeLib(resources, name)) {
      // The driver knows for which systems it has a library.
      return;
    }
    Path parent =
        Path.of(System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir")));
    try {
      Path folder = Files.createTempDirectory(parent, "certcollect-sqlite-");
      Path file = folder.resolve(name);
      try {
        unpack(resources + "/" + name, file);
        if (!Files.isExecutable(file)) {
          throw new NativeLibraryException(parent, "is mounted noexec", null);
        }
        load(folder, name, parent);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new NativeLibraryException(parent, "is missing, full or not writable by this user", e);
    }
    loaded = true;
  }

  private static void unpack(String resource, Path file) throws IOException {
    try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(library), file);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static void load(Path folder, String name, Path parent) {
    System.setProperty(PATH, folder.toString());
    System.setProperty(NAME, name);
    try {
      boolean unused = SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new NativeLibraryException(
          parent, "takes the file, but the system does not load it", e);
    } finally {
      System.clearProperty(PATH);
      System.clearProperty(NAME);
    }
  }
}
