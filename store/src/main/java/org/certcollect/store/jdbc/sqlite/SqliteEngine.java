package org.certcollect.store.jdbc.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Lender;
import org.certcollect.store.jdbc.Migration;
import org.certcollect.store.jdbc.Migrator;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.SearchTable;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.SqlDialect;
import org.certcollect.store.jdbc.load.JdbcTransfers;
import org.certcollect.store.jdbc.table.CachingCollects;
import org.certcollect.store.jdbc.table.JdbcCollects;
import org.certcollect.store.jdbc.table.JdbcStore;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** The parts of a store in SQLite: one file, with its write-ahead log beside it. */
final class SqliteEngine {
  /** The purpose of a connection. */
  enum Access {
    READ(BUSY_MILLIS),
    WRITE(BUSY_MILLIS),
    /** Reads that never wait for a lock. */
    NON_BLOCKING(0),
    /** Changes that wait for others which may take minutes. */
    PATIENT_WRITE(600_000);

    private final int busyMillis;

    Access(int busyMillis) {
      this.busyMillis = busyMillis;
    }

    boolean isWriter() {
      return this == WRITE || this == PATIENT_WRITE;
    }
  }

  private static final List<Migration> MIGRATIONS = JdbcStore.migrations("sqlite");
  static final SqlDialect DIALECT =
      new SqlDialect() {
        @Override
        public String pageAlong(String column, String value) {
          return column + " = " + value + " AND o.number > ?";
        }

        @Override
        public SearchTable searchTable() {
          return SearchTable.IN_PARTS;
        }
      };

  private static final int BUSY_MILLIS = 10_000;
  private static final int LOG_BYTES = 64 << 20;

  private final StoreFile file;
  private final String url;
  private final List<Migration> migrations;

  SqliteEngine(Path file) {
    this(file, MIGRATIONS);
  }

  SqliteEngine(Path file, List<Migration> migrations) {
    this.file = new StoreFile(file);
    this.url = url(file);
    this.migrations = List.copyOf(migrations);
  }

  /** The name of the file in messages. */
  String name() {
    return file.path().toString();
  }

  List<Migration> migrations() {
    return migrations;
  }

  /** Migrates the tables to the version that this program needs. */
  Migrator migrator(Database database, Clock clock) {
    return new Migrator(database, migrations, clock);
  }

  /** The database, with a maximum number of connections of each kind. */
  Database open(int readers, int writers) {
    return database(
        new SessionPool(this, Access.READ, readers),
        new SessionPool(this, Access.WRITE, writers),
        Duration.ofMillis(BUSY_MILLIS));
  }

  /** The store in a database with complete tables. */
  Store store(Database database, Clock clock) {
    return new JdbcStore(
        database,
        clock,
        DIALECT,
        new JdbcCollects(database),
        new JdbcTransfers(database, SqliteBulkInsert.loading(this), DIALECT, clock),
        () -> Optional.of(nonBlocking()));
  }

  CachingCollects.NonBlocking nonBlocking() {
    Lender own = new SessionPool(this, Access.NON_BLOCKING, 1);
    return new CachingCollects.NonBlocking(
        database(own, own, Duration.ZERO), new WalIndex(file.path())::isChanged);
  }

  /** The database, for work that waits for others which may take minutes. It has to be closed. */
  Database openPatiently() {
    Lender own = new SessionPool(this, Access.PATIENT_WRITE, 1);
    return database(own, own, Duration.ofMillis(Access.PATIENT_WRITE.busyMillis));
  }

  private Database database(Lender readers, Lender writers, Duration patience) {
    return new Database(
        name(),
        new SqliteTransactions(),
        new SqliteFailures(),
        readers,
        writers,
        patience,
        patience);
  }

  /**
   * The driver's URL for a file. Only the URL of an absolute path cannot mean anything else, for
   * example a database in memory.
   *
   * @throws StoreUnavailableException if the driver would take a part of the path for settings and
   *     open another file
   */
  static String url(Path file) {
    Path absolute = file.toAbsolutePath();
    if (absolute.toString().indexOf('?') >= 0) {
      throw new StoreUnavailableException(
          absolute + ": SQLite's driver takes no path with a question mark: choose another folder");
    }
    return "jdbc:sqlite:" + absolute;
  }

  /**
   * The file of the store. Sessions are used only while the path still names the file that was
   * opened.
   */
  StoreFile file() {
    return file;
  }

  /**
   * A new session, in auto-commit mode, in which every statement sees the last commit. It never
   * creates a file.
   */
  Session connect(Access access) throws SQLException {
    SQLiteConfig config = withoutCreate();
    config.setBusyTimeout(access.busyMillis);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalSizeLimit(LOG_BYTES);
    config.enforceForeignKeys(true);
    // A session is used by one thread at a time, so SQLite's own lock at each call is not needed.
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    // Otherwise the driver queries the last key after each insert. Statements that need the key use
    // RETURNING.
    config.setGetGeneratedKeys(false);
    // The driver tries to create a missing file.
    file.requireNow();
    Session session = new Session(config.createConnection(url));
    try {
      file.requireNow();
      keepLog(session, name(), access.busyMillis);
      if (!access.isWriter()) {
        session.execute("PRAGMA query_only = ON");
      }
      return session;
    } catch (SQLException | StoreException e) {
      session.close();
      throw e;
    }
  }

  /** A session for the file's own settings, which changes nothing by itself. */
  static Session plain(Path file) throws SQLException {
    SQLiteConfig config = withoutCreate();
    config.setBusyTimeout(BUSY_MILLIS);
    return new Session(config.createConnection(url(file)));
  }

  /** The settings of a connection that does not create a missing file. */
  private static SQLiteConfig withoutCreate() {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return config;
  }

  /**
   * Turns the write-ahead log on, which then stays on. SQLite's own busy timeout does not cover
   * several processes that do this to a new file at the same time.
   *
   * @param patience the maximum time in milliseconds
   * @throws StoreUnavailableException if SQLite stays in another mode
   */
  static void keepLog(Session session, String file, int patience) throws SQLException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
    while (true) {
      try {
        String mode = session.first("PRAGMA journal_mode = WAL", Row::text).orElse("nothing");
        if (!mode.equals("wal")) {
          throw new StoreUnavailableException(
              "%s cannot have a write-ahead log (SQLite answers %s), without which it is not safe: use a local disk, or PostgreSQL"
                  .formatted(file, mode));
        }
        return;
      } catch (SQLException e) {
        if (e.getErrorCode() != SqliteFailures.BUSY || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
  }
}
