package org.certcollect.server.management;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.certcollect.admin.EnumWords;
import org.certcollect.server.http.Route.Request;
import org.certcollect.server.http.Route.Response;

/** Writes fields as lines of text, or as a JSON object if the request accepts it. */
public final class Report {
  private static final JsonFactory JSON = new JsonFactory();

  private Report() {}

  static Response of(int status, Map<String, ?> fields, Request request) {
    return request.field("Accept").filter(types -> types.contains("application/json")).isPresent()
        ? new Response(status, "application/json", json(fields) + "\n")
        : new Response(status, "text/plain; charset=utf-8", text(fields));
  }

  private static String text(Map<String, ?> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + ": " + value(field.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static String value(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> key(entry) + " " + value(entry.getValue()))
          .collect(Collectors.joining(", "));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Report::value).collect(Collectors.joining("; "));
    }
    return value instanceof Boolean flag
        ? flag ? "yes" : "no"
        : value.toString().replaceAll("\\p{Cntrl}+", " ");
  }

  /** The name of a field; a constant is written in words. */
  private static String key(Map.Entry<?, ?> field) {
    return field.getKey() instanceof Enum<?> constant
        ? EnumWords.of(constant)
        : field.getKey().toString();
  }

  /** The JSON object that has the fields. */
  public static String json(Map<String, ?> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      write(fields, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  private static void write(Object value, JsonGenerator generator) throws IOException {
    if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> field : map.entrySet()) {
        generator.writeFieldName(key(field));
        write(field.getValue(), generator);
      }
      generator.writeEndObject();
    } else if (value instanceof List<?> list) {
      generator.writeStartArray();
      for (Object each : list) {
        write(each, generator);
      }
      generator.writeEndArray();
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof Number number) {
      generator.writeNumber(number.longValue());
    } else {
      generator.writeString(value.toString());
    }
  }
}
