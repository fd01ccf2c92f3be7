package org.certcollect.cli.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * A type of values of a key.
 *
 * @param allowed a noun phrase for the valid values
 * @param reader the function from text to value; empty if the text is invalid
 */
public record Type<T>(String allowed, Function<String, Optional<T>> reader) {
  /** The value of a text; empty if the text is invalid. */
  public Optional<T> read(String text) {
    return reader.apply(text);
  }
}
