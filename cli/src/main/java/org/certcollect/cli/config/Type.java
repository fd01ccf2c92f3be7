package org.certcollect.cli.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * What values a key takes.
 *
 * @param allowed completes the sentence "allowed is ..."
 * @param reader the value that a text stands for; empty where it stands for none
 */
public record Type<T>(String allowed, Function<String, Optional<T>> reader) {
  /** The value that a text stands for; empty where it is not allowed. */
  public Optional<T> read(String text) {
    return reader.apply(text);
  }
}
