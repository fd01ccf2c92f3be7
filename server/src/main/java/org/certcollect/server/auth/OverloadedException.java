package org.certcollect.server.auth;

/** Thrown when more passwords wait to be checked than the server takes on. */
public final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OverloadedException() {
    super("too many passwords wait to be checked", null, false, false);
  }
}
