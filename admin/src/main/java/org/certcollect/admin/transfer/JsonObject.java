package org.certcollect.admin.transfer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.domain.TextShape;

/**
 * A JSON object whose keys are removed as they are read, so that {@link #end} finds unknown keys.
 * Used by one thread.
 */
final class JsonObject {
  private static final int MAX_TIMESTAMP_LENGTH = 30;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final TextShape SECONDS = new TextShape("0000-00-00T00:00:00Z");
  private static final TextShape MILLIS = new TextShape("0000-00-00T00:00:00.000Z");
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");

  private final Map<String, Object> values;

  JsonObject(Map<String, Object> values) {
    this.values = values;
  }

  /** The text of a key without removing it; empty if the value is no text. */
  String peekText(String name) {
    return values.get(name) instanceof String text ? text : "";
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  Optional<String> optionalText(String name) {
    return take(name, String.class, "a text");
  }

  long number(String name) {
    return take(name, Long.class, "a number").orElseThrow(() -> missing(name));
  }

  OptionalLong optionalNumber(String name) {
    Optional<Long> number = take(name, Long.class, "a number");
    return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
  }

  Optional<JsonObject> object(String name) {
    return take(name, JsonObject.class, "an object");
  }

  /** The number of a key without removing it; empty if the value is no number. */
  OptionalLong peekNumber(String name) {
    return values.get(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }

  boolean flag(String name, boolean byDefault) {
    return take(name, Boolean.class, "true or false").orElse(byDefault);
  }

  Instant timestamp(String name) {
    return optionalTimestamp(name).orElseThrow(() -> missing(name));
  }

  Optional<Instant> optionalTimestamp(String name) {
    return optionalText(name).map(text -> timestamp(name, text));
  }

  /** The texts of an array; empty if the key is missing. */
  Optional<List<String>> texts(String name) {
    return list(name, String.class, "texts");
  }

  /** The objects of an array; empty if the key is missing. */
  Optional<List<JsonObject>> objects(String name) {
    return list(name, JsonObject.class, "objects");
  }

  /** Refuses an object with keys that were not read. */
  void end() {
    if (!values.isEmpty()) {
      throw new InvalidRecordException(
          "there is no key " + JsonReader.shown(values.keySet().iterator().next()));
    }
  }

  private static Instant timestamp(String name, String text) {
    try {
      if (text.length() <= MAX_TIMESTAMP_LENGTH) {
        Instant timestamp = instant(text).truncatedTo(ChronoUnit.MILLIS);
        if (!timestamp.isBefore(FIRST) && !timestamp.isAfter(END)) {
          return timestamp;
        }
      }
    } catch (DateTimeException e) {
      // The exception below says what it should have been.
    }
    throw new InvalidRecordException(name + " is not a timestamp like 2026-11-23T08:00:00Z");
  }

  /** The instant of a text, for the two usual shapes without the general parser, which is slow. */
  private static Instant instant(String text) {
    boolean hasMillis = MILLIS.fits(text);
    boolean isUsual = hasMillis || SECONDS.fits(text);
    // Hour 24 and second 60 have rules of their own.
    if (!isUsual || number(text, 11, 13) == 24 || number(text, 17, 19) == 60) {
      return Instant.parse(text);
    }
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            hasMillis ? number(text, 20, 23) * NANOS_PER_MILLI : 0)
        .toInstant(ZoneOffset.UTC);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private <T> Optional<List<T>> list(String name, Class<T> type, String whatTheyAre) {
    Optional<List<?>> found = take(name, List.class, "an array").map(list -> (List<?>) list);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<T> elements = new ArrayList<>();
    for (Object element : found.get()) {
      if (!type.isInstance(element)) {
        throw new InvalidRecordException(name + " is not an array of " + whatTheyAre);
      }
      elements.add(type.cast(element));
    }
    return Optional.of(elements);
  }

  private <T> Optional<T> take(String name, Class<T> type, String whatItIs) {
    Optional<Object> value = Optional.ofNullable(values.remove(name));
    if (value.isPresent() && !type.isInstance(value.get())) {
      throw new InvalidRecordException(name + " is not " + whatItIs);
    }
    return value.map(type::cast);
  }

  private static InvalidRecordException missing(String name) {
    return new InvalidRecordException(name + " is missing");
  }
}
