package org.certcollect.admin.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A record to be shown: names and values in order. A value is a text, a number, a flag, an {@link
 * java.time.Instant}, other {@link Fields}, an {@link java.util.Optional} of one of these, or a
 * list of texts or of {@link Fields}.
 */
public final class Fields {
  private final Map<String, Object> values = new LinkedHashMap<>();

  public Fields add(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** These fields, with one more if it has a value. */
  public Fields addPresent(String name, Optional<?> value) {
    value.ifPresent(present -> add(name, present));
    return this;
  }

  /** These fields, then those of another record. */
  public Fields and(Fields others) {
    Fields all = new Fields();
    all.values.putAll(values);
    all.values.putAll(others.values);
    return all;
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public Map<String, Object> values() {
    return Collections.unmodifiableMap(values);
  }
}
