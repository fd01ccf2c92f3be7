package org.certcollect.store.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.certcollect.store.jdbc.postgres.PostgresConfig;

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

  /** The tables in the schema of one of these. */
  public static List<String> tables(PostgresConfig config) throws SQLException {
    List<String> names = new ArrayList<>();
    String schema = config.url().replaceFirst(".*currentSchema=", "");
    try (Connection connection = server().connect();
        ResultSet tables = connection.getMetaData().getTables(null, schema, null, null)) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_NAME"));
      }
    }
    return names;
  }
}
