package org.certcollect.protocol;

import java.util.Arrays;
import java.util.Optional;

/** One of the two addresses of the Collect service. */
public enum Endpoint {
  /** Hands out server certificates. */
  COLLECT_SSL("CollectSSL"),
  /** Hands out custom client certificates. */
  COLLECT_CCC("CollectCCC");

  private static final String FOLDER = "/products/download/";

  private final String title;

  Endpoint(String title) {
    this.title = title;
  }

  /** The endpoint that answers at a path, compared exactly. */
  public static Optional<Endpoint> at(String path) {
    return Arrays.stream(values()).filter(endpoint -> endpoint.path().equals(path)).findAny();
  }

  /** Its name as the specification writes it, for example {@code CollectSSL}. */
  public String title() {
    return title;
  }

  /** The absolute path of its URL. */
  public String path() {
    return FOLDER + title;
  }
}
