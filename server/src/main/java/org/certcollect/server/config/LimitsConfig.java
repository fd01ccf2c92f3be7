package org.certcollect.server.config;

import java.time.Duration;

/**
 * What one client may take of the server.
 *
 * @param connections the most connections at a time; further ones are closed at once. Those whose
 *     TLS handshake is under way are not counted: it has five seconds
 * @param headerBytes the most bytes of a request's header fields together, and of its first line
 * @param headerDeadline from a connection's start until the first request's header is complete
 * @param bodyDeadline from there until the body is complete
 * @param idleTimeout from an answer until the client has taken it and the next request's header is
 *     complete
 * @param drainDeadline how long a stop waits for requests under way
 */
public record LimitsConfig(
    int connections,
    int headerBytes,
    Duration headerDeadline,
    Duration bodyDeadline,
    Duration idleTimeout,
    Duration drainDeadline) {

  /** The most bytes of a request's body (reading of the specification, section 1). */
  public static final int MAX_BODY_BYTES = 16 * 1024;

  /**
   * The most fields of a request's header and trailer together: more than any client sends, and few
   * enough that a header is not many times as large in memory as on the wire.
   */
  public static final int MAX_HEADER_FIELDS = 100;

  /** The longest that a request waits for a thread: begun later, its answer would be too late. */
  public static final Duration MAX_WAIT = Duration.ofSeconds(4);

  /** What holds where nothing is set. */
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
