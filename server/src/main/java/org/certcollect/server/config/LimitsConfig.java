package org.certcollect.server.config;

import java.time.Duration;

/**
 * The limits on what one client may use of the server.
 *
 * @param connections maximum number of connections at a time. Connections during their TLS
 *     handshake are not counted; a handshake may take five seconds
 * @param headerBytes maximum size of a request's header fields in total, and of its first line
 * @param headerDeadline maximum time from the start of a connection until the header of the first
 *     request is complete
 * @param bodyDeadline maximum time from then until the body is complete
 * @param idleTimeout maximum time from an answer until the client has read it and the header of the
 *     next request is complete
 * @param drainDeadline maximum time that a stop waits for requests under way
 */
public record LimitsConfig(
    int connections,
    int headerBytes,
    Duration headerDeadline,
    Duration bodyDeadline,
    Duration idleTimeout,
    Duration drainDeadline) {

  /** The maximum size of a request's body in bytes ({@code docs/protocol.md}, section 1). */
  public static final int MAX_BODY_BYTES = 16 * 1024;

  /**
   * The maximum number of fields of a request's header and trailer in total. No client sends as
   * many, and a header with so few fields is not many times as large in memory as on the wire.
   */
  public static final int MAX_HEADER_FIELDS = 100;

  /**
   * The maximum time that a request waits for a thread. If it began later, its answer would come
   * too late.
   */
  public static final Duration MAX_WAIT = Duration.ofSeconds(4);

  /** The default limits. */
  public static final LimitsConfig DEFAULT =
      new LimitsConfig(
          10_000,
          16 * 1024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20));

  public LimitsConfig {
    requirePositive("connections", connections);
    requirePositive("headerBytes", headerBytes);
    requirePositive("headerDeadline", headerDeadline.toMillis());
    requirePositive("bodyDeadline", bodyDeadline.toMillis());
    requirePositive("idleTimeout", idleTimeout.toMillis());
    requirePositive("drainDeadline", drainDeadline.toMillis());
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be greater than 0");
    }
  }
}
