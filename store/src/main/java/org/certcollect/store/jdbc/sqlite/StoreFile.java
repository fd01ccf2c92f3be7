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
 * The file that a process opened as its store, identified by device and inode. While the path names
 * another file or none, no connection may be used: old connections would continue to use the file
 * that was moved away, and new ones would use the other file. Safe for use by many threads.
 */
final class StoreFile {
  private static final Logger LOG = Logger.getLogger(StoreFile.class.getName());

  /**
   * Short compared with the time that an operator needs, and long compared with the microsecond
   * that a check takes.
   */
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
   * Refuses another or a missing file. Checks a path that was right at most once a second, and one
   * that was wrong each time, so that work goes on as soon as the file is back.
   *
   * @throws StoreUnavailableException if the path named another file or none at the last check
   */
  void requireSoon() {
    if (problem.isPresent() || System.nanoTime() - lookedAt >= INTERVAL_NANOS) {
      requireNow();
    }
  }

  /**
   * Refuses another or a missing file. The first file that is found is the right one from then on.
   *
   * @throws StoreUnavailableException if the path names another file or none now
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
      // On a file system without file keys, any file of that name is accepted.
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
        // A connection attempt fails then and reports the cause.
        return Optional.empty();
      }
      return Optional.of(
          path
              + (Files.isSymbolicLink(path)
                  ? " is a link to a file that is not there: put that file back"
                  : " was moved away or deleted while it was in use: put it back"));
    } catch (IOException e) {
      return Optional.of(
          path + " cannot be looked at (" + e + "): check whether its disk is there");
    }
  }
}
