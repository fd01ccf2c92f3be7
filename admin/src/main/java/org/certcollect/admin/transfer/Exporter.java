package org.certcollect.admin.transfer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.certcollect.store.Store;
import org.certcollect.store.transfer.Selection;

/** Writes the content of a store at one instant as JSON Lines. */
public final class Exporter {
  private static final int BUFFER = 1 << 16;

  private Exporter() {}

  /**
   * Writes the selected records.
   *
   * @param to flushed at the end, and not closed
   * @throws UncheckedIOException if it cannot be written to
   */
  public static void write(Store store, Selection selection, Writer to) {
    try {
      BufferedWriter out = new BufferedWriter(to, BUFFER);
      RecordWriter records = new RecordWriter(out);
      records.header(store.codesKey().mark());
      store
          .transfers()
          .export(
              selection,
              record -> {
                try {
                  records.write(record);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      records.flush();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
