package org.certcollect.server.config;

import java.util.OptionalInt;

/**
 * The addresses and ports on which the server listens.
 *
 * @param host the address or host name to bind to; {@code 0.0.0.0} for every IPv4 address, {@code
 *     ::} for every address
 * @param httpsPort the port for HTTPS, 0 to 65535; 0 for any free port
 * @param httpPort the port for plain HTTP, likewise; empty for none
 */
public record ListenConfig(String host, int httpsPort, OptionalInt httpPort) {
  public ListenConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the host to listen on is empty");
    }
    requirePort(httpsPort);
    httpPort.ifPresent(ListenConfig::requirePort);
  }

  private static void requirePort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("a port must be from 0 to 65535, not " + port);
    }
  }
}
