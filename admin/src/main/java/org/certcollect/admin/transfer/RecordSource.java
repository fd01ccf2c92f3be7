package org.certcollect.admin.transfer;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** An input, cut into chunks. Used by one thread. */
interface RecordSource {
  /** The next chunk; empty at the end. */
  Optional<Chunk> next() throws IOException;

  /** How much there is in all, where that is known: bytes, or files. */
  OptionalLong size();
}
