package org.certcollect.store.jdbc.sqlite;

import java.sql.SQLException;
import org.certcollect.store.jdbc.DatabaseFailures;

/** The meaning of SQLite's error codes, for the operator (https://sqlite.org/rescode.html). */
final class SqliteFailures implements DatabaseFailures {
  static final int BUSY = 5;
  private static final int PERM = 3;
  private static final int LOCKED = 6;
  private static final int NOMEM = 7;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int AUTH = 23;
  private static final int NOTADB = 26;

  /** Always false, because SQLite itself waits for temporary obstacles. */
  @Override
  public boolean mayRepeat(SQLException error) {
    return false;
  }

  @Override
  public boolean leavesDoubt(SQLException error) {
    return false;
  }

  @Override
  public String advice(SQLException error) {
    return switch (error.getErrorCode()) {
      case FULL ->
          "its disk is full, or that of the temporary folder, and nothing was changed: free some"
              + " space";
      case BUSY, LOCKED -> "another process holds it locked for too long: see which one";
      case READONLY, PERM, AUTH ->
          "it may not be written: give this user write access to it and its folder";
      case CANTOPEN ->
          "it cannot be opened: check whether the folder exists and this user may write there";
      case IOERR ->
          "reading or writing failed: check whether its disk and that of the temporary folder are"
              + " there, sound and not full";
      case CORRUPT -> "it is damaged: stop, and restore a backup";
      case NOTADB -> "it is not a SQLite database: choose another file";
      case NOMEM -> "memory ran out";
      default -> "";
    };
  }
}
