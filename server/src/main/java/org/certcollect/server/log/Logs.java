package org.certcollect.server.log;

import java.io.OutputStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The setup of this process's log. */
public final class Logs {
  private Logs() {}

  /**
   * Sends all log records of the process and its libraries to one stream, one line each, and to no
   * other place. Lines are written soon, and at the latest when the JVM ends. A logger whose level
   * was set keeps it.
   *
   * @param json whether to write JSON Lines instead of text
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
