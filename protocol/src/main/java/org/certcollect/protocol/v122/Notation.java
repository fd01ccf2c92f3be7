package org.certcollect.protocol.v122;

/** A way to write an answer and the certificates in it. */
public enum Notation {
  /** Lines of text. */
  TEXT,
  /** The certificates' structure alone. */
  BINARY,
  /** A script that sets variables. */
  JAVASCRIPT,
  /** One URL-encoded line of fields. */
  URL_ENCODED
}
