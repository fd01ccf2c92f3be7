package org.certcollect.store;

/**
 * What a {@link Store} throws. {@link RefusedException} is the caller's to put right; any other is
 * the store's own trouble.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
