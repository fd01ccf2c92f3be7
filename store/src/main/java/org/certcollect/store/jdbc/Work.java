package org.certcollect.store.jdbc;

import java.sql.SQLException;

/** What is done in a {@link Session}. */
@FunctionalInterface
public interface Work<T> {
  T in(Session session) throws SQLException;
}
