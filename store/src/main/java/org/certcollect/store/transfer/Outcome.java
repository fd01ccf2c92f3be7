package org.certcollect.store.transfer;

/** The outcome of loading one record. */
public sealed interface Outcome {
  /** The record was added to the store. */
  record Added() implements Outcome {}

  /** The store had the same record already. */
  record Known() implements Outcome {}

  /**
   * The record was refused, and no part of it was stored.
   *
   * @param reason a reason for a human reader; never a secret
   */
  record Refused(String reason) implements Outcome {}

  Outcome ADDED = new Added();
  Outcome KNOWN = new Known();
}
