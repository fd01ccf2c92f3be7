package org.certcollect.cli.verb;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Passes on what the store logs while a verb works that takes long: that the database does not
 * answer, and that it does again. Safe for use by many threads.
 */
final class StoreNotices extends Handler {
  private static final Logger STORE = Logger.getLogger("org.certcollect.store");

  private final SimpleFormatter texts = new SimpleFormatter();
  private final Shell shell;

  private StoreNotices(Shell shell) {
    this.shell = shell;
  }

  /** Begins; {@link #close} ends it. */
  static StoreNotices open(Shell shell) {
    StoreNotices notices = new StoreNotices(shell);
    STORE.addHandler(notices);
    return notices;
  }

  @Override
  public void publish(LogRecord line) {
    if (shell.surroundings().terminal()) {
      // A line that tells of progress may be open.
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
