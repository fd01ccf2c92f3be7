package org.certcollect.store.jdbc;

/**
 * A database for one thread, by a connection of its own that never waits for a lock.
 *
 * @param changed whether anything may have been committed since it was last asked
 */
record NonBlockingDatabase(Database database, Work<Boolean> changed) {}
