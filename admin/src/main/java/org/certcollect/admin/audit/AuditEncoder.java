package org.certcollect.admin.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * An encoder of lines of one chain, in memory. It is written by hand because every answer waits for
 * it: a JSON library takes four times as long for these flat objects. Everything but printable
 * ASCII is escaped. Used by one thread at a time.
 */
final class AuditEncoder {
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

  private final byte[] start;
  private final Map<String, byte[]> names = new HashMap<>();
  private final MessageDigest digest = sha256();
  private byte[] buffer = new byte[1 << 12];
  private int length;
  private Instant lastTime = Instant.EPOCH;
  private String lastText = lastTime.toString();

  AuditEncoder(String node) {
    start = ("{\"node\":\"" + node + "\",\"seq\":").getBytes(US_ASCII);
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
    length = 0;
  }

  /** The lines, of which there are {@link #length} bytes; valid until the next call. */
  byte[] bytes() {
    return buffer;
  }

  int length() {
    return length;
  }

  /** Adds a line and returns its hash. */
  String add(long seq, Instant time, AuditEntry entry, String prev) {
    int begin = length;
    bytes(start);
    plain(Long.toString(seq));
    if (!time.equals(lastTime)) {
      lastTime = time;
      lastText = time.toString();
    }
    plainMember("time", lastText);
    for (Map.Entry<String, Object> field : entry.fields().entrySet()) {
      if (field.getValue() instanceof Number number) {
        name(field.getKey());
        plain(Long.toString(number.longValue()));
      } else {
        member(field.getKey(), (String) field.getValue());
      }
    }
    plainMember("prev", prev);
    digest.update(buffer, begin, length - begin);
    String hash = hex(digest.digest());
    plainMember("hash", hash);
    plain("}\n");
    return hash;
  }

  private void member(String name, String value) {
    if (isPlain(value)) {
      plainMember(name, value);
      return;
    }
    name(name);
    plain("\"");
    room(6 * value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        buffer[length++] = '\\';
        buffer[length++] = (byte) c;
      } else if (c >= ' ' && c < 0x7f) {
        buffer[length++] = (byte) c;
      } else {
        buffer[length++] = '\\';
        buffer[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
          buffer[length++] = HEX[(c >> shift) & 0xf];
        }
      }
    }
    plain("\"");
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** Adds a member whose value needs no escape. */
  private void plainMember(String name, String value) {
    name(name);
    plain("\"");
    plain(value);
    plain("\"");
  }

  private void name(String name) {
    bytes(names.computeIfAbsent(name, added -> (",\"" + added + "\":").getBytes(US_ASCII)));
  }

  private void bytes(byte[] added) {
    room(added.length);
    System.arraycopy(added, 0, buffer, length, added.length);
    length += added.length;
  }

  @SuppressWarnings("deprecation") // The low bytes of ASCII text are its bytes.
  private void plain(String text) {
    int size = text.length();
    room(size);
    text.getBytes(0, size, buffer, length);
    length += size;
  }

  private void room(int size) {
    if (buffer.length - length < size) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length + size);
    }
  }

  @SuppressWarnings("deprecation") // The text is ASCII, as above.
  static String hex(byte[] bytes) {
    byte[] text = new byte[2 * bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = HEX[(bytes[i] >> 4) & 0xf];
      text[2 * i + 1] = HEX[bytes[i] & 0xf];
    }
    return new String(text, 0);
  }
}
