package org.certcollect.admin;

import java.nio.file.Path;

/** A failure because a file or folder cannot be used. */
public final class FileException extends AdminException {
  private static final long serialVersionUID = 1;

  /** The reasons, each with the words that follow the name of the file. */
  public enum Reason {
    NOT_READABLE("cannot be read: see that it is there, a file, and this user may read it"),
    NOT_WRITABLE(
        "cannot be written: see that its folder is there, has room, and this user may write there"),
    OWN_FILE("is one of certcollect's own files: choose another one"),
    NO_STORE(""),
    STORE_AWAY(
        "is missing although its key of collection codes, collection-codes.key, is there: put the"
            + " store back, or, if it is meant to begin anew, move the key away"),
    NOT_A_FOLDER("is not a folder that this user may enter: check its permissions"),
    NOT_CREATABLE(
        "cannot be created as a folder: see that it is not a file and this user may write there"),
    NO_TEMPORARY_FOLDER(
        "is the temporary folder, and it is missing, full or not writable by this user"),
    NO_EXECUTION("is the temporary folder, and it is mounted noexec");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  private final String file;
  private final Reason reason;

  public FileException(Path file, Reason reason) {
    super(
        switch (reason) {
          case NO_STORE -> "no store at " + file;
          default -> file + " " + reason.words;
        });
    this.file = file.toString();
    this.reason = reason;
  }

  /** The name of the file or folder. */
  public String file() {
    return file;
  }

  public Reason reason() {
    return reason;
  }
}
