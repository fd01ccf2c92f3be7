package org.certcollect.protocol;

import java.util.regex.Pattern;

/**
 * A media type that may stand in a Content-Type header (RFC 9110, section 8.3.1), kept as it was
 * written.
 *
 * @param value {@code type/subtype} and parameters: at most 255 printable ASCII characters
 */
public record MediaType(String value) {
  private static final int MAX_LENGTH = 255;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
  private static final String QUOTED = "\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*+\"";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "%s/%s(?: *+;(?: *+%s=(?:%s|%s))?+)*+".formatted(TOKEN, TOKEN, TOKEN, TOKEN, QUOTED));

  /** What an answer has where nothing else was asked for. */
  public static final MediaType TEXT_PLAIN = new MediaType("text/plain");

  /** What a bare PKCS#7 structure has on CollectSSL. */
  public static final MediaType PKCS7_CERTIFICATES =
      new MediaType("application/x-pkcs7-certificates");

  public MediaType {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a media type of at most 255 characters");
    }
  }

  /** The media type of a text that is one. */
  static MediaType of(String value) {
    return value.equals(TEXT_PLAIN.value) ? TEXT_PLAIN : new MediaType(value);
  }

  static boolean isValid(String value) {
    return value.length() <= MAX_LENGTH && GRAMMAR.matcher(value).matches();
  }
}
