package org.certcollect.admin.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** An encoder of lines of one chain, in memory. Used by one thread at a time. */
final class AuditEncoder {
  private final String start;
  private final MessageDigest digest = sha256();
  private final AuditBytes lines = new AuditBytes(1 << 12);
  private Instant lastTime = Instant.EPOCH;
  private String lastText = lastTime.toString();

  AuditEncoder(String node) {
    start = "{\"node\":\"" + node + "\"";
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Forgets the lines. */
  void clear() {
    lines.clear();
  }

  /** The lines, of which there are {@link #length} bytes; valid until the next call. */
  byte[] bytes() {
    return lines.bytes();
  }

  int length() {
    return lines.length();
  }

  /** Adds a line and returns its hash. */
  String add(long seq, Instant time, AuditEntry entry, String prev) {
    int begin = lines.length();
    lines.plain(start);
    lines.member("seq", seq);
    if (!time.equals(lastTime)) {
      lastTime = time;
      lastText = time.toString();
    }
    lines.member("time", lastText);
    lines.add(entry.members());
    lines.member("prev", prev);
    digest.update(lines.bytes(), begin, lines.length() - begin);
    String hash = AuditBytes.hex(digest.digest());
    lines.member("hash", hash);
    lines.plain("}\n");
    return hash;
  }
}
