package org.certcollect.store.jdbc;

import java.sql.SQLException;

/** A unit of work in a {@link Session}. */
@FunctionalInterface
public interface Work<T> {
  T in(Session session) throws SQLException;
}
