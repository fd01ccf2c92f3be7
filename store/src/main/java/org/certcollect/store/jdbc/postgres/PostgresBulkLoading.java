package org.certcollect.store.jdbc.postgres;

import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.load.BulkInsert;
import org.certcollect.store.jdbc.load.BulkLoading;
import org.certcollect.store.jdbc.load.KnownIds;

/**
 * Bulk loading into PostgreSQL, which works on one transaction while this program prepares the next
 * one.
 */
final class PostgresBulkLoading implements BulkLoading {
  @Override
  public BulkInsert insert(Session session, KnownIds ids) {
    return new PostgresBulkInsert(session, ids);
  }

  @Override
  public int parallelTransactions() {
    return 2;
  }
}
