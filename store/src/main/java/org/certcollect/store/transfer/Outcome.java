package org.certcollect.store.transfer;

/** The outcome of loading one record. */
public sealed interface Outcome {
  /** The record is in the store now. */
  record Added() implements Outcome {}

  /** The same record was there already. */
  record Known() implements Outcome {}

  /**
   * The record was refused, and nothing of it stored.
   *
   * @param reason for a person; never holds a secret
   */
  record Refused(String reason) implements Outcome {}

  Outcome ADDED = new Added();
  Outcome KNOWN = new Known();
}
