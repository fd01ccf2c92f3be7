package org.certcollect.store.jdbc.sqlite;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;

/**
 * The index of an SQLite write-ahead log, in memory that all processes share: every commit changes
 * its head, which so tells, without a lock or a call of the system, whether anything was committed.
 * SQLite compares the same bytes when it begins a read. Used by one thread.
 *
 * @see <a href="https://sqlite.org/walformat.html">WAL-mode File Format</a>, section 2.1
 */
final class WalIndex {
  /** The first of two copies, that which SQLite writes last. */
  private static final int HEAD_BYTES = 48;

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /**
   * Kept open: a process that closes any descriptor of a file loses all its locks on it, those of
   * SQLite among them (https://sqlite.org/howtocorrupt.html, section 2.2).
   */
  private static final Map<Path, Opened> OPENED = new HashMap<>();

  private final Path file;
  private final long[] seen = new long[HEAD_BYTES / Long.BYTES];
  private Optional<Session> reader = Optional.empty();
  private ByteBuffer head = ByteBuffer.allocate(0);

  /**
   * @param key which file it is, whatever its name stands for later
   */
  private record Opened(FileChannel channel, Object key) {}

  /**
   * @param file the database
   */
  WalIndex(Path file) {
    this.file = file;
  }

  /**
   * Whether anything may have been committed since the last call, by whomever. It is so in a
   * session that was not asked before.
   *
   * @param session keeps the index in use while it is open
   */
  boolean isChanged(Session session) throws SQLException {
    boolean changed = reader.isEmpty() || !reader.get().equals(session);
    if (changed) {
      // Only a read opens the index.
      session.first("SELECT count(*) FROM sqlite_schema", Row::number);
      head = map();
      reader = Optional.of(session);
    }
    for (int i = 0; i < seen.length; i++) {
      long now = (long) LONGS.getAcquire(head, i * Long.BYTES);
      changed |= now != seen[i];
      seen[i] = now;
    }
    return changed;
  }

  private ByteBuffer map() {
    try {
      // SQLite keeps it beside the file that a link leads to.
      return map(Path.of(file.toRealPath() + "-shm"));
    } catch (IOException e) {
      throw new StoreUnavailableException(file + ": the index of its log cannot be read", e);
    }
  }

  private static ByteBuffer map(Path index) throws IOException {
    synchronized (OPENED) {
      closeRemoved();
      Opened known = OPENED.get(index);
      if (known == null) {
        Object key = key(index);
        known = new Opened(FileChannel.open(index, StandardOpenOption.READ), key);
        // Before anything can fail: a channel that nobody has is closed by the garbage collector.
        OPENED.put(index, known);
      }
      return known.channel.map(MapMode.READ_ONLY, 0, HEAD_BYTES);
    }
  }

  /** What SQLite has removed, nobody has a lock on any more. */
  private static void closeRemoved() throws IOException {
    Iterator<Map.Entry<Path, Opened>> all = OPENED.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Path, Opened> each = all.next();
      if (isRemoved(each.getKey(), each.getValue())) {
        all.remove();
        each.getValue().channel.close();
      }
    }
  }

  /** What cannot be looked at may still be there; whoever else asks must not fail for it. */
  private static boolean isRemoved(Path index, Opened opened) {
    try {
      return !key(index).equals(opened.key);
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Object key(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path : key;
  }
}
