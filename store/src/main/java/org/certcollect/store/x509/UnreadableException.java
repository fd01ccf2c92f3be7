package org.certcollect.store.x509;

/** Bytes are not what they should be. The message says why in our words, not in a library's. */
final class UnreadableException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UnreadableException(String message) {
    super(message);
  }
}
