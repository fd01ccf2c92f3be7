package org.certcollect.store.jdbc;

import java.sql.SQLException;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.domain.StoreUnavailableException;

/** The meaning of a database's errors. Safe for use by many threads. */
public interface DatabaseFailures {
  /** Whether work that failed with this error, and changed nothing, may succeed when repeated. */
  boolean mayRepeat(SQLException error);

  /** Whether a commit that failed with this error may have taken effect all the same. */
  boolean leavesDoubt(SQLException error);

  /** The cause and an instruction for the operator; empty for an internal error. */
  String advice(SQLException error);

  /** The exception that tells the caller of the store about the error of a database. */
  default StoreException explain(String database, SQLException error) {
    String advice = advice(error);
    return advice.isEmpty()
        ? new StoreException(database + ": " + error.getMessage(), error)
        : new StoreUnavailableException(
            database + ": " + advice + " (" + error.getMessage() + ")", error);
  }
}
