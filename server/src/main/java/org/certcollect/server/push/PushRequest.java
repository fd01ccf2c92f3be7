package org.certcollect.server.push;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.certcollect.store.domain.PushUrl;

/**
 * A request that tells a receiver something.
 *
 * @param authorization the header with the credentials
 * @param arguments the arguments in the order in which they are sent
 * @param form whether they are sent as a form by POST; otherwise in the query of a GET
 */
record PushRequest(
    PushUrl url, Optional<String> authorization, Map<String, String> arguments, boolean form) {
  /** The path with the query. */
  String path() {
    String path = url.path();
    return form ? path : path + (path.contains("?") ? "&" : "?") + encoded();
  }

  /** The arguments in the encoding of a form, with %20 for a blank. */
  String encoded() {
    return arguments.entrySet().stream()
        .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return (form ? "POST " : "GET ") + url.origin();
  }
}
