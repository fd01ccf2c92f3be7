package org.certcollect.server.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A log record with named fields beside its message. Only fixed texts and values made by
 * certcollect itself are allowed, never what a caller sent.
 */
public final class LogEvent extends LogRecord {
  private static final long serialVersionUID = 1;

  private final LinkedHashMap<String, Object> values = new LinkedHashMap<>();

  private LogEvent(Level level, String message) {
    super(level, message);
  }

  public static LogEvent info(String message) {
    return new LogEvent(Level.INFO, message);
  }

  public static LogEvent warning(String message) {
    return new LogEvent(Level.WARNING, message);
  }

  /** An event for an internal error. */
  public static LogEvent error(String message, Throwable cause) {
    LogEvent event = new LogEvent(Level.SEVERE, message);
    event.setThrown(cause);
    return event;
  }

  /** Adds a field. A number stays a number, and any other value becomes text. */
  public LogEvent with(String name, Object value) {
    values.put(name, value instanceof Number ? value : value.toString());
    return this;
  }

  /** Writes the event. */
  public void to(Logger logger) {
    setLoggerName(logger.getName());
    logger.log(this);
  }

  Map<String, Object> fields() {
    return values;
  }
}
