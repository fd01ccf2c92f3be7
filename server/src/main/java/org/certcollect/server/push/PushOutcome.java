package org.certcollect.server.push;

/** The end of an attempt to send a push notification. */
public enum PushOutcome {
  /** The answer was 2xx. */
  TAKEN,
  /** The answer was another. */
  REFUSED,
  /** There was no answer in time. */
  TIMEOUT,
  /** There was no connection, or it ended before the answer. */
  UNREACHABLE,
  /** TLS failed, for example because the certificate is not trusted. */
  TLS,
  /** The URL leads where none may go. */
  FORBIDDEN,
  /** It could not be written. */
  ERROR
}
