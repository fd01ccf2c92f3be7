package org.certcollect.store.jdbc.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.certcollect.store.domain.StoreUnavailableException;

/**
 * The file that a process opened as its store, told from any other by device and inode. While the
 * path names another file, or none, no connection may be used: old connections would go on with the
 * file that was moved away, new ones would answer from the other. Safe for use by many threads.
 */
final class StoreFile {
  private static final Logger LOG = Logger.getLogger(StoreFile.class.getName());

  /** Small beside the time that an operator needs, and long beside the microsecond of a look. */
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path path;
  private Optional<Object> opened = Optional.empty();
  private volatile Optional<String> problem = Optional.empty();
  private volatile long lookedAt;

  StoreFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /**
   * Refuses any other file, or none. Looks at the path once a second only.
   *
   * @throws StoreUnavailableException if the path named another file at the last look
   */
  void requireSoon() {
    if (System.nanoTime() - lookedAt >= INTERVAL_NANOS) {
      requireNow();
    } else {
      refuseIfWrong();
    }
  }

  /**
   * Refuses any other file, or none. The first file that is found is the right one from then on.
   *
   * @throws StoreUnavailableException if the path names another file now
   */
  void requireNow() {
    look();
    refuseIfWrong();
  }

  private void refuseIfWrong() {
    Optional<String> found = problem;
    if (found.isPresent()) {
      throw new StoreUnavailableException(found.get());
    }
  }

  private synchronized void look() {
    Optional<String> found = find();
    if (found.isPresent() && problem.isEmpty()) {
      LOG.log(Level.SEVERE, found.get());
    } else if (found.isEmpty() && problem.isPresent()) {
      LOG.log(Level.INFO, "{0} is the file of this store again", path);
    }
    problem = found;
    lookedAt = System.nanoTime();
  }

  private Optional<String> find() {
    try {
      Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      // Where files have no key, any file of that name has to do.
      Object file = key == null ? path : key;
      if (opened.isEmpty()) {
        opened = Optional.of(file);
      }
      return file.equals(opened.get())
          ? Optional.empty()
          : Optional.of(
              path
                  + " was replaced while it was in use: put the former file back, or restart every"
                  + " program that uses the store");
    } catch (NoSuchFileException e) {
      if (opened.isEmpty()) {
        // To connect fails then, and tells why.
        return Optional.empty();
      }
      return Optional.of(
          path
              + (Files.isSymbolicLink(path)
                  ? " is a link to a file that is not there: put that file back"
                  : " was moved away or deleted while it was in use: put it back"));
    } catch (IOException e) {
      return Optional.of(path + " cannot be looked at (" + e + "): see that its disk is there");
    }
  }
}
