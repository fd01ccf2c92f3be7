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
 * The index of a SQLite write-ahead log, in memory that all processes share. Every commit changes
 * its header, so a look at the header shows whether anything was committed, without a lock or a
 * system call. SQLite compares the same bytes when it begins a read. Used by one thread.
 *
 * @see <a href="https://sqlite.org/walformat.html">WAL-mode File Format</a>, section 2.1
 */
final class WalIndex {
  /** The size of the first of two copies, which is the one that SQLite writes last. */
  private static final int HEAD_BYTES = 48;

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /**
   * The open channels. They stay open because a process that closes any descriptor of a file loses
   * all its locks on that file, including SQLite's (https://sqlite.org/howtocorrupt.html, section
   * 2.2).
   */
  private static final Map<Path, Opened> OPENED = new HashMap<>();

  private final Path file;
  private final long[] seen = new long[HEAD_BYTES / Long.BYTES];
  private Optional<Session> reader = Optional.empty();
  private ByteBuffer head = ByteBuffer.allocate(0);

  /**
   * @param key the identity of the file, which does not change with its name
   */
  private record Opened(FileChannel channel, Object key) {}

  /**
   * @param file the database
   */
  WalIndex(Path file) {
    this.file = file;
  }

  /**
   * Whether any process may have committed anything since the last call. Always true for a session
   * that was not asked before.
   *
   * @param session a session that keeps the index in use while it is open
   */
  boolean isChanged(Session session) throws SQLException {
    boolean changed = reader.isEmpty() || !reader.get().equals(session);
    if (changed) {
      // SQLite opens the index at the first read.
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
      // SQLite keeps the index beside the file to which a link leads.
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
        // This comes before anything can fail: the garbage collector closes a channel that is not
        // referenced.
        OPENED.put(index, known);
      }
      return known.channel.map(MapMode.READ_ONLY, 0, HEAD_BYTES);
    }
  }

  /**
   * Closes the channels of removed files. A file that SQLite has removed is no longer locked by
   * anybody.
   */
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

  /**
   * Whether the file is gone. A file that cannot be checked counts as present, so that other
   * callers do not fail because of it.
   */
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
