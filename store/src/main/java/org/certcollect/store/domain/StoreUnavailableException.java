package org.certcollect.store.domain;

/**
 * The exception for a store that cannot be read or written, for example because it is locked, full,
 * missing or damaged.
 */
public final class StoreUnavailableException extends StoreException {
  private static final long serialVersionUID = 1;

  /** The reasons for which a front end may have advice. */
  public enum Reason {
    /** There is no store, and the caller asked not to create one. */
    NO_STORE,
    /** The tables are those of an older release, and the caller asked not to change them. */
    OLDER_TABLES,
    /** Any other reason; see the message. */
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
