package org.certcollect.store.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.postgresql.PGConnection;

/** Rows in PostgreSQL's binary COPY format. Used by one thread at a time. */
final class PostgresCopyRows {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private boolean empty = true;

  PostgresCopyRows() {
    try {
      out.write(SIGNATURE);
      // No flags, and nothing more in the header.
      out.writeInt(0);
      out.writeInt(0);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  boolean isEmpty() {
    return empty;
  }

  /** Adds a row. Values may be long numbers, text, bytes, moments, and optional ones of these. */
  void add(Object... values) {
    empty = false;
    try {
      out.writeShort(values.length);
      for (Object value : values) {
        write(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** Sends the rows to where that COPY statement puts them. */
  void send(Session session, String sql) throws SQLException {
    try {
      out.writeShort(-1);
      session.hurry();
      session
          .connection()
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(sql, new ByteArrayInputStream(bytes.toByteArray()), 1 << 16);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private void write(Object value) throws IOException {
    if (value instanceof Optional<?> optional) {
      if (optional.isPresent()) {
        write(optional.get());
      } else {
        out.writeInt(-1);
      }
    } else if (value instanceof Long number) {
      out.writeInt(Long.BYTES);
      out.writeLong(number);
    } else if (value instanceof Instant moment) {
      write(moment.toEpochMilli());
    } else if (value instanceof byte[] content) {
      out.writeInt(content.length);
      out.write(content);
    } else if (value instanceof String text) {
      write(Text.storable(text).getBytes(StandardCharsets.UTF_8));
    } else {
      throw new IllegalArgumentException("not a value: " + value.getClass());
    }
  }
}
