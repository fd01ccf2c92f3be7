package org.certcollect.protocol;

import java.util.List;
import java.util.Optional;

/** One of the two services that clients call. */
public enum Endpoint {
  /** Hands out server certificates. */
  COLLECT_SSL("CollectSSL"),
  /** Hands out custom client certificates. */
  COLLECT_CCC("CollectCCC");

  private static final List<Endpoint> ALL = List.of(values());

  private final String title;
  private final String path;

  Endpoint(String title) {
    this.title = title;
    this.path = "/products/download/" + title;
  }

  /** The endpoint at a path, compared exactly; empty if there is none. */
  public static Optional<Endpoint> at(String path) {
    for (Endpoint endpoint : ALL) {
      if (endpoint.path.equals(path)) {
        return Optional.of(endpoint);
      }
    }
    return Optional.empty();
  }

  /** The name that the specification gives it, for example {@code CollectSSL}. */
  public String title() {
    return title;
  }

  /** The absolute path of its URL. */
  public String path() {
    return path;
  }
}
