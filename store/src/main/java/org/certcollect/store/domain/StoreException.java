package org.certcollect.store.domain;

import org.jspecify.annotations.Nullable;

/**
 * A failure of a {@link org.certcollect.store.Store}: a {@link RefusedException} that the caller
 * can correct, a {@link StoreUnavailableException} that the operator can correct, or this class
 * itself for an internal error. No message names a command or an option; each front end adds the
 * advice for its users.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
