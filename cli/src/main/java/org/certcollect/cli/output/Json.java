package org.certcollect.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.admin.PrintableText;
import org.certcollect.admin.view.Fields;

/** Writes {@link Fields} as one line of JSON. */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  public static String line(Fields fields) {
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(line)) {
      write(fields, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    // JSON allows characters that a terminal obeys: C1, DEL, and those that turn the text.
    return PrintableText.of(line.toString());
  }

  private static void write(Object value, JsonGenerator generator) throws IOException {
    if (value instanceof Fields fields) {
      generator.writeStartObject();
      for (Map.Entry<String, Object> field : fields.values().entrySet()) {
        generator.writeFieldName(field.getKey());
        write(field.getValue(), generator);
      }
      generator.writeEndObject();
    } else if (value instanceof List<?> list) {
      generator.writeStartArray();
      for (Object element : list) {
        write(element, generator);
      }
      generator.writeEndArray();
    } else if (value instanceof Optional<?> optional) {
      if (optional.isPresent()) {
        write(optional.get(), generator);
      } else {
        generator.writeNull();
      }
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof Number number) {
      generator.writeNumber(number.longValue());
    } else {
      generator.writeString(value.toString());
    }
  }
}
