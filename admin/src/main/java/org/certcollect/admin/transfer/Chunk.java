package org.certcollect.admin.transfer;

import java.util.List;

/** Some records of an input that one thread works on. */
interface Chunk {
  /** How far the input is read behind this, in what {@link RecordSource#size} counts. */
  long position();

  /** Does what needs nothing of the chunks before, and what those behind need. */
  void read();

  /** Does the rest, once all chunks before have been read. */
  List<Item> check();
}
