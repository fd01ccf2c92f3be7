package org.certcollect.admin.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * A buffer of members of JSON objects. It is written by hand because every answer waits for it: a
 * JSON library takes four times as long for these flat objects. Everything but printable ASCII is
 * escaped. Used by one thread at a time.
 */
final class AuditBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final int ESCAPE_BYTES = 6;

  private byte[] bytes;
  private int length;

  /**
   * Makes an empty buffer, which grows.
   *
   * @param capacity the bytes for which it has room at first
   */
  AuditBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /** Forgets the bytes. */
  void clear() {
    length = 0;
  }

  /** The bytes, of which there are {@link #length}; valid until the next change. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Adds a comma and a member whose value is a number. */
  void member(String name, long value) {
    String text = Long.toString(value);
    name(name, text.length());
    copy(text);
  }

  /** Adds a comma and a member whose value is text. */
  void member(String name, String value) {
    boolean isPlain = isPlain(value);
    name(name, 2 + (isPlain ? 1 : ESCAPE_BYTES) * value.length());
    bytes[length++] = '"';
    if (isPlain) {
      copy(value);
    } else {
      escape(value);
    }
    bytes[length++] = '"';
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

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = (byte) c;
      } else if (c >= ' ' && c < 0x7f) {
        bytes[length++] = (byte) c;
      } else {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
          bytes[length++] = HEX[(c >> shift) & 0xf];
        }
      }
    }
  }

  /** Adds a comma and a name, and makes room for its value. */
  private void name(String name, int valueBytes) {
    room(name.length() + 4 + valueBytes);
    bytes[length++] = ',';
    bytes[length++] = '"';
    copy(name);
    bytes[length++] = '"';
    bytes[length++] = ':';
  }

  /** Adds ASCII text as it is. */
  void plain(String text) {
    room(text.length());
    copy(text);
  }

  /** Adds ASCII text for which there is room. */
  @SuppressWarnings("deprecation") // The low bytes of ASCII text are its bytes.
  private void copy(String text) {
    text.getBytes(0, text.length(), bytes, length);
    length += text.length();
  }

  /** Adds the bytes of another buffer. */
  void add(AuditBytes other) {
    room(other.length);
    System.arraycopy(other.bytes, 0, bytes, length, other.length);
    length += other.length;
  }

  private void room(int size) {
    if (bytes.length - length < size) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + size);
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
