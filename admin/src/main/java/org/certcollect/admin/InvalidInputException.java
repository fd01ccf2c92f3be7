package org.certcollect.admin;

/** Given data that is not accepted. Nothing was changed. */
public final class InvalidInputException extends AdminException {
  private static final long serialVersionUID = 1;

  /** The kinds of data. */
  public enum Kind {
    SIGNING_REQUEST,
    IMPORT_HEADER,
    PASSWORD,
    REASON
  }

  private final Kind kind;

  /** An exception whose message names the input and the problem. */
  public InvalidInputException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
