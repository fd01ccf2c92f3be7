package org.certcollect.cli.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.certcollect.admin.view.Fields;
import org.certcollect.protocol.Endpoint;
import org.certcollect.server.CollectServer;

/**
 * The addresses of a running server.
 *
 * @param https the URL for HTTPS without a path, for example {@code https://localhost:8443}
 * @param http the URL for plain HTTP without a path; empty if there is none
 */
public record Addresses(String https, Optional<String> http) {
  public static Addresses of(CollectServer server, String listenHost) {
    Optional<String> http =
        server.httpPort().isPresent()
            ? Optional.of("http://" + name(listenHost) + ":" + server.httpPort().getAsInt())
            : Optional.empty();
    return new Addresses(https(listenHost, Integer.toString(server.httpsPort())), http);
  }

  /** The URL for HTTPS of a server that listens on a host and port. */
  public static String https(String listenHost, String port) {
    return "https://" + name(listenHost) + ":" + port;
  }

  private static String name(String listenHost) {
    if (List.of("0.0.0.0", "::", "127.0.0.1").contains(listenHost)) {
      return "localhost";
    }
    return listenHost.contains(":") ? "[" + listenHost + "]" : listenHost;
  }

  /** The URLs of the endpoints. Plain HTTP serves only requests with a collection code. */
  public List<String> urls() {
    List<String> urls = new ArrayList<>();
    for (Endpoint endpoint : Endpoint.values()) {
      urls.add(https + endpoint.path());
    }
    http.ifPresent(plain -> urls.add(plain + Endpoint.COLLECT_CCC.path()));
    return urls;
  }

  Fields fields() {
    return new Fields().add("https", https).add("http", http).add("urls", urls());
  }
}
