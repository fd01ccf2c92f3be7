package org.certcollect.admin.transfer;

/** A failure because a record of the input is invalid. The message never holds a secret. */
final class InvalidRecordException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidRecordException(String reason) {
    super(reason);
  }
}
