package org.certcollect.store;

/**
 * A change that the store does not make, with nothing changed. The message is for the person who
 * asked: what is wrong and what to do.
 */
public final class RefusedException extends StoreException {
  private static final long serialVersionUID = 1;

  /** Why a change is refused. */
  public enum Reason {
    UNKNOWN_ACCOUNT,
    ACCOUNT_EXISTS,
    BAD_LOGIN,
    UNKNOWN_ORDER,
    ORDER_EXISTS,
    CODE_EXISTS,
    BAD_ORDER_NUMBER,
    FORBIDDEN_TRANSITION,
    WRONG_PRODUCT,
    WRONG_KEY,
    BAD_CERTIFICATE,
    BAD_SIGNING_REQUEST
  }

  private final Reason reason;

  public RefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
