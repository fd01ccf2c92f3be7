package org.certcollect.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A media type that may stand in a Content-Type header (RFC 9110, section 8.3.1), kept as it was
 * written: {@code type/subtype} and parameters, at most 255 printable ASCII characters. Immutable.
 */
public final class MediaType {
  private static final int MAX_LENGTH = 255;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
  private static final String QUOTED = "\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*+\"";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          TOKEN
              + "/"
              + TOKEN
              + "(?: *+;(?: *+"
              + TOKEN
              + "=(?:"
              + TOKEN
              + "|"
              + QUOTED
              + "))?+)*+");

  /** The type of plain text, without a charset. */
  public static final MediaType TEXT_PLAIN = of("text/plain");

  private final String value;

  private MediaType(String value) {
    this.value = value;
  }

  /**
   * The media type that a text is.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static MediaType of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a media type"));
  }

  /** The media type that a text is; empty if it is none. */
  public static Optional<MediaType> parse(String text) {
    return text.length() <= MAX_LENGTH && GRAMMAR.matcher(text).matches()
        ? Optional.of(new MediaType(text))
        : Optional.empty();
  }

  /** The value of a Content-Type header. */
  public String value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MediaType that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
