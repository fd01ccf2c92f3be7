package org.certcollect.server.log;

import java.io.OutputStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets up where this process logs to. */
public final class Logs {
  private Logs() {}

  /**
   * Sends all log records of the process, those of libraries too, to a stream, one line each, and
   * to nothing else. Lines are written soon, and at the latest when the JVM ends. Whoever set a
   * level of his own keeps it.
   *
   * @param json as JSON Lines instead of text
   */
  public static void to(OutputStream stream, boolean json) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
      handler.close();
    }
    root.setLevel(Level.INFO);
    root.addHandler(new LineHandler(stream, json));
  }
}
