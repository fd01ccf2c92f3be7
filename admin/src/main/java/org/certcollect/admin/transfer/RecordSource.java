package org.certcollect.admin.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An input that is divided into chunks. Used by one thread. */
interface RecordSource {
  /** The next chunk; empty at the end. */
  Optional<Chunk> next() throws IOException;

  /** The size of the whole input in bytes or files; empty if it is not known. */
  OptionalLong size();

  /** A part of an input that one thread works on. */
  interface Chunk {
    /** The position in the input after this chunk, in the unit of {@link RecordSource#size}. */
    long position();

    /** Does the work that needs no earlier chunk and that later chunks need. */
    default void read() {}

    /** Does the rest. It is called after all earlier chunks have been read. */
    List<Item> check();
  }
}
