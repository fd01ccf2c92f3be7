package org.certcollect.cli.transfer;

/** A record of the input cannot be taken. The message says why, and never holds a secret. */
final class UnfitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnfitException(String reason) {
    super(reason);
  }
}
