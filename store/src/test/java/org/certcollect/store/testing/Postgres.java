package org.certcollect.store.testing;

import java.util.concurrent.atomic.AtomicInteger;
import org.certcollect.store.jdbc.PostgresConfig;

/** The PostgreSQL server that all tests of a JVM share, started when first needed. */
public final class Postgres {
  private static final AtomicInteger MADE = new AtomicInteger();

  private static final class Started {
    static final PostgresServer SERVER = PostgresServer.start();
  }

  private Postgres() {}

  public static PostgresServer server() {
    return Started.SERVER;
  }

  /** An empty database, no one else's: a schema of its own on the shared server. */
  public static PostgresConfig empty() {
    return empty(server().host());
  }

  /** An empty database, reached by another way than straight, as through a {@link FaultProxy}. */
  public static PostgresConfig empty(String host) {
    String schema = "test_" + MADE.incrementAndGet();
    server().execute("CREATE SCHEMA " + schema);
    return PostgresServer.config(host, "?currentSchema=" + schema);
  }
}
