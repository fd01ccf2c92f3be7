package org.certcollect.admin;

import java.nio.file.Path;

/** A key of the collection codes that cannot be used. */
public final class CodeKeyException extends AdminException {
  private static final long serialVersionUID = 1;

  /** The reasons. */
  public enum Reason {
    /** The file holds fewer bytes than a key has. */
    TOO_SHORT,
    /** The file is gone, and the store has codes that were made with it. */
    MISSING,
    /** The store's codes were made with another key. */
    OTHER_KEY,
    /** The key that is to replace the store's own is that key. */
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
