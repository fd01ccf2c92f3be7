package org.certcollect.store.transfer;

import java.util.List;

/**
 * Puts records into a store, many at a time. Loading the same again changes nothing, so that a load
 * that was broken off is just begun again. Used by one thread at a time.
 */
public interface Loader {
  /**
   * Loads records in their order. Each is whole and durable, or not there at all; those before one
   * that fails may be there.
   *
   * @return what became of each
   */
  List<Outcome> load(List<TransferRecord> records);
}
