package org.certcollect.store.jdbc;

import java.sql.SQLException;
import org.certcollect.store.domain.StoreException;

/** The meaning of a database's errors. Safe for use by many threads. */
public interface DatabaseFailures {
  /** Whether work that failed with this error, and changed nothing, may succeed when repeated. */
  boolean mayRepeat(SQLException error);

  /** Whether a commit that failed with this error may have taken effect all the same. */
  boolean leavesDoubt(SQLException error);

  /** The exception that tells the caller of the store about the error. */
  StoreException explain(SQLException error);
}
