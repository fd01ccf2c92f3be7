package org.certcollect.server.collect;

/** A step on the way from a complete request to its answer. */
public enum RequestStep {
  /** The form is decoded and read. */
  READ,
  /** The request waits for a thread that may block. */
  WAIT,
  /** Account and order are looked up, and the password is checked. */
  AUTHENTICATE,
  /** The answer is found and its bytes are made. */
  ANSWER,
  /** The request is recorded. */
  RECORD
}
