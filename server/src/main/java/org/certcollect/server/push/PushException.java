package org.certcollect.server.push;

import java.util.Set;

/** A push notification that was not taken. The message is for the operator, without secrets. */
public final class PushException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The answers of class 4xx that any other notification would get as well. */
  private static final Set<Integer> OF_RECEIVER = Set.of(401, 403, 407, 408, 429);

  private final PushOutcome outcome;
  private final boolean forEver;
  private final boolean ofReceiver;

  PushException(PushOutcome outcome, String message) {
    this(outcome, message, false, true);
  }

  private PushException(PushOutcome outcome, String message, boolean forEver, boolean ofReceiver) {
    super(message);
    this.outcome = outcome;
    this.forEver = forEver;
    this.ofReceiver = ofReceiver;
  }

  /** The exception for an answer that is not 2xx. */
  static PushException refused(int status, String message) {
    boolean ofNotification = status / 100 == 4 && !OF_RECEIVER.contains(status);
    return new PushException(PushOutcome.REFUSED, message, false, !ofNotification);
  }

  /** The exception for a notification that is never to be sent. */
  static PushException forEver(String message) {
    return new PushException(PushOutcome.ERROR, message, true, false);
  }

  public PushOutcome outcome() {
    return outcome;
  }

  /** Whether it says something about the receiver, and not about this notification alone. */
  boolean isOfReceiver() {
    return ofReceiver;
  }

  boolean isForEver() {
    return forEver;
  }
}
