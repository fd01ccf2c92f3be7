package org.certcollect.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that is deleted when it is closed. */
public final class TemporaryFolder implements AutoCloseable {
  /** More than the largest native library, Netty's for TLS, which has 3 MB. */
  private static final int LIBRARY_BYTES = 4 << 20;

  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  public static TemporaryFolder create() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("certcollect-"));
    } catch (IOException e) {
      throw new FileException(parent(), FileException.Reason.NO_TEMPORARY_FOLDER);
    }
  }

  /**
   * Checks that native libraries can be loaded: the temporary folder must have room for the largest
   * one, and its file system must allow execution.
   *
   * @throws FileException if they cannot
   */
  public static void requireForLibraries() {
    try (TemporaryFolder folder = create()) {
      Path file = Files.write(folder.path.resolve("library"), new byte[LIBRARY_BYTES]);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
      if (!Files.isExecutable(file)) {
        throw new FileException(parent(), FileException.Reason.NO_EXECUTION);
      }
    } catch (IOException e) {
      throw new FileException(parent(), FileException.Reason.NO_TEMPORARY_FOLDER);
    }
  }

  private static Path parent() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
