package org.certcollect.admin.transfer;

import java.util.List;

/** A part of an input that one thread works on. */
interface Chunk {
  /** The position in the input after this chunk, in the unit of {@link RecordSource#size}. */
  long position();

  /** Does the work that needs no earlier chunk and that later chunks need. */
  void read();

  /** Does the rest. It is called after all earlier chunks have been read. */
  List<Item> check();
}
