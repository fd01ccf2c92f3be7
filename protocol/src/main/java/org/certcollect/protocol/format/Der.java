package org.certcollect.protocol.format;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** A DER-encoded structure (ITU-T X.690). It is copied and framed, never parsed. Immutable. */
public final class Der {
  static final int INTEGER = 0x02;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;
  static final int CONTEXT_0 = 0xA0;

  private final byte[] bytes;

  private Der(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A structure that is encoded already, for example a certificate.
   *
   * @param encoded is copied; it must be valid DER
   */
  public static Der of(byte[] encoded) {
    return new Der(encoded.clone());
  }

  /** A structure of parts in the order given, with a definite length in its shortest form. */
  static Der wrap(int tag, List<Der> parts) {
    int length = parts.stream().mapToInt(part -> part.bytes.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      int octets = (32 - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 | octets);
      for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
        out.write(length >>> shift);
      }
    }
    parts.forEach(part -> out.writeBytes(part.bytes));
    return new Der(out.toByteArray());
  }

  static Der wrap(int tag, Der... parts) {
    return wrap(tag, Arrays.asList(parts));
  }

  /** The encoding, as a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Der that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
