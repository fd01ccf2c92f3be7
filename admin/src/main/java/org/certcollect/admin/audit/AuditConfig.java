package org.certcollect.admin.audit;

import java.time.Duration;

/**
 * The settings of the audit log.
 *
 * @param node the name of this node, for which {@link #isNode} is true
 * @param segmentBytes the size at which a new file begins; a new day begins one as well
 * @param syncInterval the maximum time until a record is forced to the disk; zero forces each one
 *     before its answer leaves
 * @param headInterval the time between two signed heads in the ordinary log
 * @param collects whether requests are recorded; changes always are
 */
public record AuditConfig(
    String node,
    long segmentBytes,
    Duration syncInterval,
    Duration headInterval,
    boolean collects) {
  /** The settings of a log that records requests. */
  public AuditConfig(String node, long segmentBytes, Duration syncInterval, Duration headInterval) {
    this(node, segmentBytes, syncInterval, headInterval, true);
  }

  /** The settings of a node unless others are configured. */
  public static AuditConfig of(String node) {
    return new AuditConfig(node, 64L << 20, Duration.ofSeconds(1), Duration.ofMinutes(1));
  }

  /** Whether a text may be a node's name: 1 to 64 letters, digits, dots, hyphens, underscores. */
  public static boolean isNode(String text) {
    return text.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
  }

  boolean syncsAlways() {
    return syncInterval.isZero();
  }
}
