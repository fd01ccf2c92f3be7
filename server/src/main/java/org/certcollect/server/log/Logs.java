package org.certcollect.server.log;

import java.io.OutputStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sets up where this process logs to. */
public final class Logs {
  private Logs() {}

  /**
   * Sends all log records of the process, those of libraries too, to a stream, one line each, and
   * to nothing else. Whoever set a level of his own keeps it.
   *
   * @param json as JSON Lines instead of text
   */
  public static void to(OutputStream stream, boolean json) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.setLevel(Level.INFO);
    root.addHandler(new LineHandler(stream, json));
  }

  /** Hands on each line at once. */
  private static final class LineHandler extends StreamHandler {
    LineHandler(OutputStream stream, boolean json) {
      super(stream, new LogFormatter(json));
      setLevel(Level.ALL);
    }

    @Override
    public synchronized void publish(LogRecord event) {
      super.publish(event);
      flush();
    }
  }
}
