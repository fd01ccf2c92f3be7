package org.certcollect.store.jdbc.table;

import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Work;

/**
 * A database for one thread, by a connection of its own that never waits for a lock.
 *
 * @param changed whether anything may have been committed since it was last asked
 */
public record NonBlockingDatabase(Database database, Work<Boolean> changed) {}
