package org.certcollect.cli.verb;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Prints log messages of the store during a long verb, for example that the database does not
 * answer or answers again, and while a store is opened. Safe for use by many threads.
 */
final class StoreNotices extends Handler {
  private static final Logger STORE = Logger.getLogger("org.certcollect.store");

  /** The logger of messages about slow work while a store in SQLite is opened. */
  private static final Logger OPENING = Logger.getLogger("org.certcollect.store.jdbc.sqlite");

  private final SimpleFormatter texts = new SimpleFormatter();
  private final Shell shell;
  private final Logger source;

  private StoreNotices(Shell shell, Logger source) {
    this.shell = shell;
    this.source = source;
    source.addHandler(this);
  }

  /** Starts printing until {@link #close}. */
  static StoreNotices open(Shell shell) {
    return new StoreNotices(shell, STORE);
  }

  /** Starts printing messages about the opening of a store, until {@link #close}. */
  static StoreNotices ofOpening(Shell shell) {
    return new StoreNotices(shell, OPENING);
  }

  @Override
  public void publish(LogRecord line) {
    if (shell.surroundings().terminal()) {
      // The line of the progress display may be unfinished.
      shell.surroundings().err().println();
    }
    shell.output().note("certcollect: " + texts.formatMessage(line));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    source.removeHandler(this);
  }
}
