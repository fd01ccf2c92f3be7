package org.certcollect.server.http;

import java.util.List;

/**
 * The routes of one event loop.
 *
 * @param rows the routes; no path is in them twice
 * @param onClose releases what the routes have for themselves, when their listener has stopped
 */
public record RouteTable(List<Route> rows, Runnable onClose) {
  public RouteTable {
    rows = List.copyOf(rows);
  }
}
