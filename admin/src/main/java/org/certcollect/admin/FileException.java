package org.certcollect.admin;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A failure because a file or folder cannot be used. */
public final class FileException extends AdminException {
  private static final long serialVersionUID = 1;

  /** The reasons, each with the words that follow the name of the file. */
  public enum Reason {
    NOT_READABLE(""),
    NOT_WRITABLE(""),
    OWN_FILE("is one of certcollect's own files: choose another one"),
    NO_STORE(""),
    STORE_AWAY(
        "is missing although its key of collection codes, collection-codes.key, is there: put the"
            + " store back, or, if it is meant to begin anew, move the key away"),
    NOT_A_FOLDER("is not a folder that this user may enter"),
    NOT_CREATABLE("cannot be created as a folder: it is a file, or this user may not write there"),
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
    this(
        file,
        reason,
        reason == Reason.NO_STORE ? "no store at " + file : file + " " + reason.words);
  }

  private FileException(Path file, Reason reason, String message) {
    super(message);
    this.file = file.toString();
    this.reason = reason;
  }

  /** A failure to read a file that an operator has named. */
  public static FileException unreadable(Path file, IOException cause) {
    String problem =
        Files.isDirectory(file)
            ? "is a folder, not a file"
            : cause instanceof NoSuchFileException
                ? "does not exist"
                : cause instanceof CharacterCodingException
                    ? "is not UTF-8 text"
                    : "cannot be read: " + words(cause);
    return new FileException(file, Reason.NOT_READABLE, file + " " + problem);
  }

  /** A failure to write a file. */
  public static FileException unwritable(Path file, IOException cause) {
    String problem = Files.isDirectory(file) ? "it is a folder" : problem(file, cause);
    return new FileException(file, Reason.NOT_WRITABLE, file + " cannot be written: " + problem);
  }

  private static String problem(Path file, IOException cause) {
    Path folder = PrivateFiles.folder(file);
    if (Files.notExists(folder)) {
      return "the folder " + folder + " does not exist";
    }
    // A folder that cannot be looked at may be one.
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      return folder + " is not a folder";
    }
    // Linux answers so for /proc and the like.
    return cause instanceof NoSuchFileException ? "no file can be made in " + folder : words(cause);
  }

  /** The cause of a failure, without the name of the file. */
  public static String words(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "the file or its folder does not exist";
    }
    return cause instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : String.valueOf(cause.getMessage());
  }

  /** The name of the file or folder. */
  public String file() {
    return file;
  }

  public Reason reason() {
    return reason;
  }
}
