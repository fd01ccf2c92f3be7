package org.certcollect.server.log;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.certcollect.server.log.LogEvent.LogField;

/**
 * A formatter of log records as JSON Lines or as text. Each record is one line; in text, the stack
 * trace of its exception follows on further lines.
 *
 * <p>The stack trace of each exception is written, but the message only of certcollect's own
 * exceptions, because the messages of libraries may quote what a caller sent. Safe for use by many
 * threads.
 */
final class LogFormatter extends Formatter {
  private static final String OWN = "org.certcollect.";

  /** The initial capacity of a line in characters. Most lines in JSON are shorter. */
  private static final int USUAL_LENGTH = 400;

  /**
   * The last timestamp and its text. Under load many events have the same millisecond, and to
   * format it is the largest cost of a line.
   */
  private volatile FormattedInstant last =
      new FormattedInstant(Instant.EPOCH, Instant.EPOCH.toString());

  private final boolean json;

  private record FormattedInstant(Instant instant, String text) {}

  LogFormatter(boolean json) {
    this.json = json;
  }

  @Override
  public String format(LogRecord event) {
    return json ? json(event) : text(event);
  }

  private String json(LogRecord event) {
    StringBuilder line = new StringBuilder(USUAL_LENGTH);
    line.append('{');
    addText("time", time(event), line);
    line.append(',');
    addText("level", event.getLevel().getName(), line);
    if (event.getLoggerName() != null) {
      line.append(',');
      addText("logger", event.getLoggerName(), line);
    }
    line.append(',');
    addText("message", message(event), line);
    for (LogField field : fields(event)) {
      line.append(',');
      if (field.value() instanceof Number) {
        line.append('"').append(field.name()).append("\":").append(field.value());
      } else {
        addText(field.name(), field.value().toString(), line);
      }
    }
    if (event.getThrown() != null) {
      line.append(',');
      addText("exception", trace(event.getThrown()), line);
    }
    return line.append("}\n").toString();
  }

  /** The message. Libraries log exceptions without one. */
  private String message(LogRecord event) {
    return Objects.requireNonNullElse(formatMessage(event), "no message");
  }

  private static void addText(String name, String value, StringBuilder line) {
    line.append('"').append(name).append("\":\"");
    if (isPlain(value)) {
      line.append(value);
    } else {
      JsonStringEncoder.getInstance().quoteAsString(value, line);
    }
    line.append('"');
  }

  /** Whether JSON has the text as it is, as it has nearly all. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private String text(LogRecord event) {
    StringBuilder line = new StringBuilder(time(event));
    line.append(' ').append(event.getLevel().getName()).append(' ');
    line.append(oneLine(message(event)));
    for (LogField field : fields(event)) {
      line.append(' ').append(field.name()).append('=').append(oneLine(field.value().toString()));
    }
    line.append('\n');
    if (event.getThrown() != null) {
      line.append(trace(event.getThrown()));
    }
    return line.toString();
  }

  private static String oneLine(String text) {
    return text.chars().anyMatch(LogFormatter::breaksLines) ? escaped(text) : text;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(breaksLines(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
    }
    return escaped.toString();
  }

  private static boolean breaksLines(int c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }

  private String time(LogRecord event) {
    Instant instant = event.getInstant().truncatedTo(ChronoUnit.MILLIS);
    FormattedInstant known = last;
    if (!instant.equals(known.instant)) {
      known = new FormattedInstant(instant, instant.toString());
      last = known;
    }
    return known.text;
  }

  private static List<LogField> fields(LogRecord event) {
    return event instanceof LogEvent own ? own.fields() : List.of();
  }

  /** The stack trace, indented so that it differs from the log lines that follow. */
  private static String trace(Throwable thrown) {
    StringBuilder trace = new StringBuilder();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
      trace.append("  ").append(cause.getClass().getName());
      if (cause.getClass().getName().startsWith(OWN)) {
        trace.append(": ").append(oneLine(String.valueOf(cause.getMessage())));
      }
      trace.append('\n');
      for (StackTraceElement frame : cause.getStackTrace()) {
        trace.append("    at ").append(frame).append('\n');
      }
    }
    return trace.toString();
  }
}
