package org.certcollect.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the {@code Forwarded} header (RFC 7239). */
final class Forwarded {
  private Forwarded() {}

  /** What each proxy says, the farthest first; of one that nobody can read, nothing. */
  static List<Hop> hops(List<String> headers) {
    return headers.stream()
        .flatMap(header -> split(header, ',').orElse(List.of("")).stream())
        .map(Forwarded::hop)
        .toList();
  }

  private static Hop hop(String element) {
    Map<String, String> pairs = new TreeMap<>();
    for (String pair : split(element, ';').orElseThrow()) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        return Hop.UNKNOWN;
      }
      String name = pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (pairs.put(name, unquoted(pair.substring(equals + 1).strip())) != null) {
        return Hop.UNKNOWN;
      }
    }
    return new Hop(Optional.ofNullable(pairs.get("for")), Optional.ofNullable(pairs.get("proto")));
  }

  /** The parts between separators that stand in no quoted string; none when such a one is open. */
  private static Optional<List<String>> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && c == separator) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return quoted ? Optional.empty() : Optional.of(parts);
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
