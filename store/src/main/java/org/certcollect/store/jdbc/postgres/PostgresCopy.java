package org.certcollect.store.jdbc.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import org.certcollect.store.jdbc.Session;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A COPY into a PostgreSQL table, in the binary format. Rows are sent while later ones are still
 * being written, so that the server inserts them meanwhile. Used by one thread.
 */
final class PostgresCopy implements AutoCloseable {
  private static final int SENT_AT_ONCE = 1 << 16;
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };

  private final CopyIn copy;
  private final Buffer bytes = new Buffer();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /**
   * Begins the COPY.
   *
   * @param columns the names of the columns
   */
  PostgresCopy(Session session, String table, String columns) throws SQLException {
    session.hurry();
    copy =
        session
            .connection()
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table, columns));
    try {
      out.write(SIGNATURE);
      // The header has no flags and no extension.
      out.writeInt(0);
      out.writeInt(0);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** Adds a row. Values may be of the types that a {@link Session} takes, except arrays. */
  void add(Object... values) throws SQLException {
    try {
      out.writeShort(values.length);
      for (Object value : values) {
        write(Session.plain(value));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    if (bytes.size() >= SENT_AT_ONCE) {
      send();
    }
  }

  /** Ends the COPY, after which the rows are in the table. */
  void end() throws SQLException {
    try {
      out.writeShort(-1);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    send();
    long unused = copy.endCopy();
  }

  /** Cancels the COPY unless it has ended. */
  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void send() throws SQLException {
    copy.writeToCopy(bytes.array(), 0, bytes.size());
    bytes.reset();
  }

  private void write(Optional<Object> plain) throws IOException {
    if (plain.isEmpty()) {
      out.writeInt(-1);
    } else if (plain.get() instanceof Long number) {
      out.writeInt(Long.BYTES);
      out.writeLong(number);
    } else {
      byte[] content =
          plain.get() instanceof String text
              ? text.getBytes(StandardCharsets.UTF_8)
              : (byte[]) plain.get();
      out.writeInt(content.length);
      out.write(content);
    }
  }

  /** A buffer whose bytes are read without another copy. */
  private static final class Buffer extends ByteArrayOutputStream {
    Buffer() {
      super(2 * SENT_AT_ONCE);
    }

    byte[] array() {
      return buf;
    }
  }
}
