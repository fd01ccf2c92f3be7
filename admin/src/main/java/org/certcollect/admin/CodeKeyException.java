package org.certcollect.admin;

import java.nio.file.Path;

/** A failure because the key of the collection codes cannot be used. */
public final class CodeKeyException extends AdminException {
  private static final long serialVersionUID = 1;

  /** The reasons why a key cannot be used. */
  public enum Reason {
    /** The file holds fewer bytes than a key has. */
    TOO_SHORT,
    /** The file is missing, and the store has codes that were made with its key. */
    MISSING,
    /** The store's codes were made with another key. */
    OTHER_KEY,
    /** The replacement is the key that the store uses already. */
    IN_USE
  }

  private final String file;
  private final Reason reason;

  CodeKeyException(Path file, Reason reason, String message) {
    super(message);
    this.file = file.toString();
    this.reason = reason;
  }

  /** The name of the key's file. */
  public String file() {
    return file;
  }

  public Reason reason() {
    return reason;
  }
}
