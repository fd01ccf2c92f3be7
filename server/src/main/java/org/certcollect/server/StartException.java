package org.certcollect.server;

/** The server cannot start. The message is for the operator: what is wrong and what to do. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
