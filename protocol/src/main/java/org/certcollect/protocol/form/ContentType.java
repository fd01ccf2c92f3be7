package org.certcollect.protocol.form;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a Content-Type header, read leniently (RFC 9110, section 8.3).
 *
 * @param mediaType in lower case
 * @param parameters under their names in lower case
 */
record ContentType(String mediaType, Map<String, String> parameters) {
  private static final Pattern PARAMETER =
      Pattern.compile(
          ";\\s*+([^\\s=;\"]++)\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s;\"]*+))");

  static ContentType parse(String header) {
    int end = header.indexOf(';');
    String mediaType = (end < 0 ? header : header.substring(0, end)).strip();
    if (end < 0) {
      return new ContentType(mediaType.toLowerCase(Locale.ROOT), Map.of());
    }
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(header);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      String value = quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
    }
    return new ContentType(mediaType.toLowerCase(Locale.ROOT), parameters);
  }

  boolean isMultipartForm() {
    return mediaType.equals("multipart/form-data");
  }

  Optional<String> boundary() {
    return parameter("boundary").filter(value -> !value.isEmpty());
  }

  /** The charset that is named; empty if there is none, or none that this JDK can decode. */
  Optional<Charset> charset() {
    try {
      return parameter("charset").map(Charset::forName);
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
