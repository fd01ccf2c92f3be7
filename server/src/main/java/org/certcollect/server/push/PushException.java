package org.certcollect.server.push;

/** A push notification that was not taken. The message is for the operator, without secrets. */
public final class PushException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final PushOutcome outcome;
  private final boolean forEver;

  PushException(PushOutcome outcome, String message) {
    this(outcome, message, false);
  }

  private PushException(PushOutcome outcome, String message, boolean forEver) {
    super(message);
    this.outcome = outcome;
    this.forEver = forEver;
  }

  /** The exception for a notification that is never to be sent. */
  static PushException forEver(String message) {
    return new PushException(PushOutcome.ERROR, message, true);
  }

  public PushOutcome outcome() {
    return outcome;
  }

  boolean isForEver() {
    return forEver;
  }
}
