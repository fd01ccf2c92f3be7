package org.certcollect.store;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Store} throws. {@link RefusedException} is the caller's to put right; any other is
 * the store's own trouble.
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
