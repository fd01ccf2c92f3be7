package org.certcollect.store.x509;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * One element of a DER or BER structure: its tag and where its bytes lie. Immutable as long as
 * nobody changes the bytes.
 */
final class DerElement {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OID = 0x06;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private final byte[] bytes;
  private final int tag;
  private final int start;
  private final int contentStart;
  private final int contentEnd;
  private final int end;

  /**
   * Describes an element of {@code bytes}.
   *
   * @param end the index after the element; an indefinite length makes it larger than {@code
   *     contentEnd}
   */
  DerElement(byte[] bytes, int tag, int start, int contentStart, int contentEnd, int end) {
    this.bytes = bytes;
    this.tag = tag;
    this.start = start;
    this.contentStart = contentStart;
    this.contentEnd = contentEnd;
    this.end = end;
  }

  /** The first byte of its tag. */
  int tag() {
    return tag;
  }

  /** The element whole: tag, length and content. */
  byte[] encoded() {
    return Arrays.copyOfRange(bytes, start, end);
  }

  byte[] content() {
    return Arrays.copyOfRange(bytes, contentStart, contentEnd);
  }

  /** The number of bytes of the whole element. */
  int length() {
    return end - start;
  }

  /** A reader of the elements that it contains. */
  DerReader reader() {
    return new DerReader(bytes, contentStart, contentEnd);
  }

  /** A reader of what an OCTET STRING or a BIT STRING wraps. */
  DerReader wrapped() {
    return new DerReader(bytes, contentStart + (tag == BIT_STRING ? 1 : 0), contentEnd);
  }

  /** The bytes of a BIT STRING without the count of unused bits. */
  byte[] bits() {
    if (contentStart == contentEnd) {
      throw new MalformedDerException("a BIT STRING is empty");
    }
    return Arrays.copyOfRange(bytes, contentStart + 1, contentEnd);
  }

  boolean contentIs(byte[] wanted) {
    return Arrays.equals(bytes, contentStart, contentEnd, wanted, 0, wanted.length);
  }

  /** An object identifier in dotted notation. */
  String oid() {
    StringBuilder text = new StringBuilder();
    BigInteger arc = BigInteger.ZERO;
    for (int i = contentStart; i < contentEnd; i++) {
      arc = arc.shiftLeft(7).or(BigInteger.valueOf(bytes[i] & 0x7F));
      if (bytes[i] >= 0) {
        if (text.isEmpty()) {
          int first = arc.min(BigInteger.valueOf(80)).intValue() / 40;
          text.append(first).append('.').append(arc.subtract(BigInteger.valueOf(first * 40L)));
        } else {
          text.append('.').append(arc);
        }
        arc = BigInteger.ZERO;
      } else if (arc.bitLength() > MAX_ARC_BITS) {
        throw new MalformedDerException("an object identifier is too long");
      }
    }
    return text.toString();
  }

  /** More bits than any arc in use has: UUIDs have 128. */
  private static final int MAX_ARC_BITS = 256;
}
