package org.certcollect.store.jdbc.postgres;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Lender;
import org.certcollect.store.jdbc.Migration;
import org.certcollect.store.jdbc.Migrator;
import org.certcollect.store.jdbc.SqlDialect;
import org.certcollect.store.jdbc.load.JdbcTransfers;
import org.certcollect.store.jdbc.table.JdbcStore;

/** The parts of a store in PostgreSQL. Other servers that speak its protocol are untested. */
final class PostgresEngine {
  private static final List<Migration> MIGRATIONS = JdbcStore.migrations("postgresql");

  static final SqlDialect DIALECT =
      new SqlDialect() {
        /**
         * A comparison of rows. For {@code column = value} PostgreSQL assumes that the orders with
         * a common value are spread evenly. It would then scan by number, through all orders before
         * the first match.
         */
        @Override
        public String pageAlong(String column, String value) {
          return "(%s, o.number) > (%s, ?)".formatted(column, value);
        }

        @Override
        public String locks(String clause) {
          return clause;
        }
      };

  private final PostgresConfig config;
  private final List<Migration> migrations;

  PostgresEngine(PostgresConfig config) {
    this(config, MIGRATIONS);
  }

  /** An engine for the same database with other tables. */
  PostgresEngine(PostgresConfig config, List<Migration> migrations) {
    this.config = config;
    this.migrations = List.copyOf(migrations);
  }

  /** The database with a new pool of connections. */
  Database open() {
    return open(new PostgresPool(config));
  }

  /** The database with that pool. */
  Database open(Lender pool) {
    return new Database(
        config.name(),
        new PostgresTransactions(),
        new PostgresFailures(),
        pool,
        pool,
        config.deadline(),
        config.deadline());
  }

  /** The store in a database with complete tables. */
  Store store(Database database, Clock clock) {
    return new JdbcStore(
        database,
        clock,
        DIALECT,
        new SnapshotCollects(database),
        new JdbcTransfers(database, PostgresBulkInsert.LOADING, DIALECT, clock),
        Optional::empty);
  }

  List<Migration> migrations() {
    return migrations;
  }

  /** Migrates the tables to the version that this program needs. */
  Migrator migrator(Database database, Clock clock) {
    return new Migrator(database, migrations, clock);
  }
}
