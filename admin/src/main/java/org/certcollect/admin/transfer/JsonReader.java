package org.certcollect.admin.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.admin.PrintableText;

/** Reads one JSON object, within limits that no line of a sound file reaches. */
final class JsonReader {
  private static final int MAX_DEPTH = 10;
  private static final int MAX_TOKENS = 500_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxTokenCount(MAX_TOKENS)
                  .maxNumberLength(30)
                  .maxNameLength(200)
                  .maxStringLength(Format.MAX_LINE_BYTES)
                  .build())
          .build();

  private JsonReader() {}

  /**
   * The object that a line holds.
   *
   * @throws InvalidRecordException if the line is anything else
   */
  static JsonObject read(byte[] line) {
    requireUtf8(line);
    try (JsonParser parser = FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidRecordException("it is not a JSON object");
      }
      Map<String, Object> values = object(parser);
      if (parser.nextToken() != null) {
        throw new InvalidRecordException("something follows the JSON object");
      }
      return new JsonObject(values);
    } catch (StreamConstraintsException e) {
      throw new InvalidRecordException("its JSON is too deep, or has too many or too long parts");
    } catch (JsonParseException e) {
      // The exception's own message quotes the line, which may hold a secret.
      throw new InvalidRecordException(
          "it is not JSON: see column " + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw new InvalidRecordException("it is not JSON: it ends too early");
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Optional<Object> value = value(parser, parser.nextToken());
      if (values.containsKey(name)) {
        throw new InvalidRecordException("the key %s occurs twice".formatted(shown(name)));
      }
      value.ifPresent(there -> values.put(name, there));
    }
    return values;
  }

  /** A value; empty for null. */
  private static Optional<Object> value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> Optional.of(new JsonObject(object(parser)));
      case START_ARRAY -> Optional.of(array(parser));
      case VALUE_STRING -> Optional.of(text(parser.getText()));
      case VALUE_NUMBER_INT -> Optional.of(number(parser));
      case VALUE_NUMBER_FLOAT -> throw new InvalidRecordException("a number is not an integer");
      case VALUE_TRUE -> Optional.of(true);
      case VALUE_FALSE -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> values = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      value(parser, token).ifPresent(values::add);
    }
    return values;
  }

  private static Long number(JsonParser parser) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new InvalidRecordException("a number is too large");
    }
    return parser.getLongValue();
  }

  /** Refuses text that some databases cannot hold: a second import would always find it changed. */
  private static String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (c == 0 || (Character.isSurrogate(c) && !pair)) {
        throw new InvalidRecordException("a text has a NUL or half of a surrogate pair");
      }
      i += pair ? 1 : 0;
    }
    return text;
  }

  private static void requireUtf8(byte[] line) {
    int i = 0;
    while (i < line.length && line[i] >= 0) {
      i++;
    }
    if (i == line.length) {
      return;
    }
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
    } catch (CharacterCodingException e) {
      throw new InvalidRecordException("it is not UTF-8");
    }
  }

  static String shown(String name) {
    return '"' + PrintableText.of(name.substring(0, Math.min(64, name.length()))) + '"';
  }
}
