package org.certcollect.store.transfer;

import java.util.List;

/**
 * A loader of records into a store, many at a time. To load the same record again changes nothing,
 * so an interrupted load can simply be repeated. Used by one thread at a time.
 */
public interface Loader {
  /**
   * Loads records in their order. Each record is either stored completely and durably or not at
   * all. If the call throws, some records may have been stored.
   *
   * @return the outcome of each
   */
  List<Outcome> load(List<TransferRecord> records);
}
