package org.certcollect.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.certcollect.server.log.Logs;

/** Keeps what this process logs, from when it is opened until it is closed; else nothing is. */
public final class TestLog implements AutoCloseable {
  static {
    Logs.to(OutputStream.nullOutputStream(), true);
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private TestLog(boolean json) {
    Logs.to(bytes, json);
  }

  public static TestLog json() {
    return new TestLog(true);
  }

  public static TestLog text() {
    return new TestLog(false);
  }

  /** Has all of it logged, libraries' finest records, too. */
  public TestLog everything() {
    Logger.getLogger("").setLevel(Level.ALL);
    return this;
  }

  /** Has tests that do not look at the log print nothing. */
  public static void keepQuiet() {}

  public List<String> lines() {
    return toString().lines().toList();
  }

  /** The lines with a text in them. */
  public List<String> lines(String with) {
    return lines().stream().filter(line -> line.contains(with)).toList();
  }

  @Override
  public String toString() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.flush();
    }
    return bytes.toString(UTF_8);
  }

  @Override
  public void close() {
    Logs.to(OutputStream.nullOutputStream(), true);
  }
}
