package org.certcollect.cli.verb;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Prints log messages of the store during a long verb, for example that the database does not
 * answer or answers again. Safe for use by many threads.
 */
final class StoreNotices extends Handler {
  private static final Logger STORE = Logger.getLogger("org.certcollect.store");

  private final SimpleFormatter texts = new SimpleFormatter();
  private final Shell shell;

  private StoreNotices(Shell shell) {
    this.shell = shell;
  }

  /** Starts printing until {@link #close}. */
  static StoreNotices open(Shell shell) {
    StoreNotices notices = new StoreNotices(shell);
    STORE.addHandler(notices);
    return notices;
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
    STORE.removeHandler(this);
  }
}
