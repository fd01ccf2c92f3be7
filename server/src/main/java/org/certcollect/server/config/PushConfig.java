package org.certcollect.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The way in which push notifications are sent.
 *
 * @param networks the networks beyond the public internet that they may go to, also by HTTP
 * @param trusted a PEM file with the CA certificates to trust instead of the JDK's
 * @param timeout the maximum time for one, from the look-up of the host to the answer's status
 * @param connections the number of receivers that are served at a time
 * @param retryFor the time after which one that was tried three times is given up
 */
public record PushConfig(
    List<String> networks,
    Optional<Path> trusted,
    Duration timeout,
    int connections,
    Duration retryFor) {
  /** The default settings. */
  public static final PushConfig DEFAULT =
      new PushConfig(List.of(), Optional.empty(), Duration.ofSeconds(10), 8, Duration.ofDays(1));

  public PushConfig {
    networks = new ProxyConfig(networks).trusted();
  }
}
