package org.certcollect.server.log;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.certcollect.store.domain.StoreException;

/**
 * A log record with named fields beside its message. Only fixed texts and values made by
 * certcollect itself are allowed, never what a caller sent.
 */
public final class LogEvent extends LogRecord {
  private static final long serialVersionUID = 1;

  private final ArrayList<LogField> fields = new ArrayList<>();

  /** A named value, a number or text. */
  record LogField(String name, Object value) {}

  private LogEvent(Level level, String message) {
    super(level, message);
  }

  public static LogEvent info(String message) {
    return new LogEvent(Level.INFO, message);
  }

  public static LogEvent warning(String message) {
    return new LogEvent(Level.WARNING, message);
  }

  /**
   * A warning that something failed. Its field {@code problem} is what the store says, or the class
   * of an internal error.
   */
  public static LogEvent failure(String message, RuntimeException cause) {
    return warning(message)
        .with(
            "problem",
            cause instanceof StoreException
                ? String.valueOf(cause.getMessage())
                : "internal error: " + cause.getClass().getName());
  }

  /** An event for an internal error. */
  public static LogEvent error(String message, Throwable cause) {
    LogEvent event = new LogEvent(Level.SEVERE, message);
    event.setThrown(cause);
    return event;
  }

  /**
   * Adds a field. A number stays a number, and any other value becomes text.
   *
   * @param name a fixed text that no other field of the event has
   */
  public LogEvent with(String name, Object value) {
    fields.add(new LogField(name, value instanceof Number ? value : value.toString()));
    return this;
  }

  /** Writes the event. */
  public void to(Logger logger) {
    setLoggerName(logger.getName());
    logger.log(this);
  }

  List<LogField> fields() {
    return fields;
  }
}
