package org.certcollect.store.transfer;

import java.util.function.Consumer;
import org.certcollect.store.domain.Actor;

/** The import and export of many records at a time. Safe for use by many threads. */
public interface Transfers {
  /**
   * Creates a loader. Others can change the store during the load: it pauses for them many times a
   * second.
   *
   * @param by the actor in the events of records without a history
   */
  Loader loader(Actor by);

  /**
   * Creates a loader for an import as a whole, which has to be completed. Others can change the
   * store during the load, as with {@link #loader}.
   *
   * @param by the actor in the events of records without a history
   */
  BulkLoader bulkLoader(Actor by);

  /**
   * Creates a loader that returns the outcome of each record and changes nothing. It does not
   * detect two records of one load with the same key.
   */
  Loader rehearsal();

  /**
   * Passes on every CA certificate, then the accounts and orders of a selection, all as they were
   * at one instant. It needs constant memory.
   */
  void export(Selection selection, Consumer<TransferRecord> to);
}
