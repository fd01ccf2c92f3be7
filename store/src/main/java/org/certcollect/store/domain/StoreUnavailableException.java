package org.certcollect.store.domain;

/** A store that cannot be reached or cannot be written: locked, full, missing, damaged. */
public final class StoreUnavailableException extends StoreException {
  private static final long serialVersionUID = 1;

  /** What a front end may have advice for. */
  public enum Reason {
    /** There is no store, and it is not to be made now. */
    NO_STORE,
    /** The tables are an older release's, and are not to be changed now. */
    OLDER_TABLES,
    /** Anything else; the message tells. */
    OTHER
  }

  private final Reason reason;

  public StoreUnavailableException(String message) {
    this(Reason.OTHER, message);
  }

  public StoreUnavailableException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
    this.reason = Reason.OTHER;
  }

  public Reason reason() {
    return reason;
  }
}
