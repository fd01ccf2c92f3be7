package org.certcollect.store.transfer;

import java.util.function.Consumer;
import org.certcollect.store.domain.Actor;

/** The bulk access to a store. Safe for use by many threads. */
public interface Transfers {
  /**
   * Makes a loader. It works beside others who change the store, and lets them in many times a
   * second.
   *
   * @param by the actor in the events of records without a history
   */
  Loader loader(Actor by);

  /**
   * Makes a loader that tells the outcome of each record, and changes nothing. It does not see that
   * two records of one load have the same key.
   */
  Loader rehearsal();

  /**
   * Hands out every CA certificate, then the accounts and orders of a selection, as they were at
   * one instant; in constant memory.
   */
  void export(Selection selection, Consumer<TransferRecord> to);
}
