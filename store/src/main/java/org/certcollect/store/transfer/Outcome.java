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
   * @param onlyForIds whether the record would be taken, or be known, with new certificate ids
   */
  record Refused(String reason, boolean onlyForIds) implements Outcome {
    public Refused(String reason) {
      this(reason, false);
    }
  }

  Outcome ADDED = new Added();
  Outcome KNOWN = new Known();
}
