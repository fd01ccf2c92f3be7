package org.certcollect.server.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

/**
 * Writes log records as JSON Lines, or as text: a line each, and there below it the frames of its
 * exception.
 *
 * <p>Of an exception only its own frames are shown, and its message only where it is one of
 * certcollect's: those of libraries may quote what a caller sent. Safe for use by many threads.
 */
final class LogFormatter extends Formatter {
  private static final String OWN = "org.certcollect.";
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]");
  private static final JsonFactory JSON = new JsonFactory();

  private final boolean json;

  LogFormatter(boolean json) {
    this.json = json;
  }

  @Override
  public String format(LogRecord event) {
    return json ? json(event) : text(event);
  }

  private String json(LogRecord event) {
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(line)) {
      generator.writeStartObject();
      generator.writeStringField("time", time(event));
      generator.writeStringField("level", event.getLevel().getName());
      generator.writeStringField("logger", String.valueOf(event.getLoggerName()));
      generator.writeStringField("message", formatMessage(event));
      for (Map.Entry<String, String> field : fields(event).entrySet()) {
        generator.writeStringField(field.getKey(), field.getValue());
      }
      if (event.getThrown() != null) {
        generator.writeStringField("exception", trace(event.getThrown()));
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return line.append('\n').toString();
  }

  private String text(LogRecord event) {
    StringBuilder line = new StringBuilder(time(event));
    line.append(' ').append(event.getLevel().getName()).append(' ');
    line.append(oneLine(formatMessage(event)));
    fields(event)
        .forEach((name, value) -> line.append(' ').append(name).append('=').append(oneLine(value)));
    line.append('\n');
    if (event.getThrown() != null) {
      line.append(trace(event.getThrown()));
    }
    return line.toString();
  }

  private static String oneLine(String text) {
    return CONTROL
        .matcher(text)
        .replaceAll(control -> "\\\\u%04x".formatted((int) control.group().charAt(0)));
  }

  private static String time(LogRecord event) {
    return event.getInstant().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static Map<String, String> fields(LogRecord event) {
    return event instanceof LogEvent own ? own.fields() : Map.of();
  }

  /** Indented, so that it is told from the lines that follow. */
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
