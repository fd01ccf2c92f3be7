package org.certcollect.store.x509;

/** Bytes are not the DER structure that was expected. The message says which rule they break. */
final class MalformedDerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedDerException(String message) {
    super(message);
  }
}
