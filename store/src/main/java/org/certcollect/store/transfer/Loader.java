package org.certcollect.store.transfer;

import java.util.List;

/**
 * Puts records into a store, many at a time. Loading the same record again changes nothing, so an
 * interrupted load is simply started again. Used by one thread at a time.
 */
public interface Loader {
  /**
   * Loads records in their order. Each is whole and durable, or not there at all; those before one
   * that fails may be there.
   *
   * @return the outcome of each
   */
  List<Outcome> load(List<TransferRecord> records);
}
