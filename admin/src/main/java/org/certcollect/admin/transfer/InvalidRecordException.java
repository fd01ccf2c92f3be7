package org.certcollect.admin.transfer;

/** A record of the input cannot be taken. The message says why, and never holds a secret. */
final class InvalidRecordException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidRecordException(String reason) {
    super(reason);
  }
}
