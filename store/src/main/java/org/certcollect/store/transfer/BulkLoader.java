package org.certcollect.store.transfer;

/**
 * A loader of so many records that it may leave what only searches and lists need until its end.
 * Used by one thread at a time.
 */
public interface BulkLoader extends Loader {
  /**
   * Completes the store, which may take half as long as the load did. Until then, lists may be slow
   * and searches may not find the loaded orders. A store that was left incomplete is completed when
   * it is opened the next time.
   *
   * @param step called after each step, by this thread
   * @throws org.certcollect.store.domain.StoreException if the store cannot be completed now; the
   *     loaded records are stored
   */
  void complete(Runnable step);
}
