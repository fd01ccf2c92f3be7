package org.certcollect.store.transfer;

/** What became of a record that was to be loaded. */
public sealed interface Outcome {
  /** It is in the store now. */
  record Added() implements Outcome {}

  /** It was there already, just so. */
  record Known() implements Outcome {}

  /**
   * It was turned down, and nothing of it stored.
   *
   * @param reason for a person; never holds a secret
   */
  record Refused(String reason) implements Outcome {}

  Outcome ADDED = new Added();
  Outcome KNOWN = new Known();
}
