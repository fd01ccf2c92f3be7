package org.certcollect.server.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The routes of one event loop. Immutable. */
public final class RouteTable {
  private final Map<String, List<Match>> byPath = new HashMap<>();
  private final List<Route> withParameters;
  private final Runnable onClose;

  /** A route that a path leads to, and what stands in the path for the route's parameters. */
  record Match(Route route, Map<String, String> parameters) {}

  /**
   * Makes a table.
   *
   * @param rows the routes; several may have the same path and different methods
   * @param onClose releases what the routes have for themselves, when their listener has stopped
   */
  public RouteTable(List<Route> rows, Runnable onClose) {
    for (Route row : rows) {
      byPath
          .computeIfAbsent(row.path(), unused -> new ArrayList<>(1))
          .add(new Match(row, Map.of()));
    }
    withParameters = rows.stream().filter(row -> row.path().contains("{")).toList();
    withParameters.forEach(row -> byPath.remove(row.path()));
    this.onClose = onClose;
  }

  Runnable onClose() {
    return onClose;
  }

  /** The routes that a path leads to; none for an unknown path. */
  List<Match> find(String path) {
    List<Match> exact = byPath.get(path);
    return exact != null || withParameters.isEmpty()
        ? exact == null ? List.of() : exact
        : withParameters.stream().flatMap(row -> match(row, path).stream()).toList();
  }

  /** The methods that lead on at a path, for the field {@code Allow}. */
  static String allowed(List<Match> found) {
    return found.stream()
        .map(match -> match.route().allowed())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static Optional<Match> match(Route row, String path) {
    String[] pattern = row.path().split("/", -1);
    String[] segments = path.split("/", -1);
    if (pattern.length != segments.length) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < pattern.length; i++) {
      if (!pattern[i].startsWith("{")) {
        if (!pattern[i].equals(segments[i])) {
          return Optional.empty();
        }
      } else if (segments[i].isEmpty()) {
        return Optional.empty();
      } else {
        parameters.put(pattern[i].substring(1, pattern[i].length() - 1), decode(segments[i]));
      }
    }
    return Optional.of(new Match(row, Map.copyOf(parameters)));
  }

  /** A segment without its percent-encoding. One that is wrongly encoded stands for itself. */
  private static String decode(String segment) {
    try {
      // A plus sign stands for itself in a path.
      return QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"));
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }
}
