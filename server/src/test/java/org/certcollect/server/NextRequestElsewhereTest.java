package org.certcollect.server;

import org.certcollect.server.testing.TestServer;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.testing.Postgres;

/** On another node than the one that makes the change: both are on one PostgreSQL database. */
class NextRequestElsewhereTest extends NextRequestContract {
  private final PostgresConfig database = Postgres.empty();

  @Override
  TestServer startServer() {
    return TestServer.on(database);
  }

  @Override
  TestServer startAsked(TestServer changed) {
    return TestServer.on(database);
  }
}
