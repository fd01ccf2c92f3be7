package org.certcollect.admin.transfer;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** An input that is divided into chunks. Used by one thread. */
interface RecordSource {
  /** The next chunk; empty at the end. */
  Optional<Chunk> next() throws IOException;

  /** The size of the whole input in bytes or files; empty if it is not known. */
  OptionalLong size();
}
