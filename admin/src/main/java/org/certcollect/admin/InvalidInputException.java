package org.certcollect.admin;

/** A failure because input is not accepted. Nothing was changed. */
public final class InvalidInputException extends AdminException {
  private static final long serialVersionUID = 1;

  /** The kinds of input. */
  public enum Kind {
    IMPORT_HEADER,
    MAPPING,
    PASSWORD,
    REASON,
    REMARKS,
    CONTACT,
    PUSH,
    VALIDATION
  }

  private final Kind kind;

  /** Creates an exception whose message names the input and the problem. */
  public InvalidInputException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
