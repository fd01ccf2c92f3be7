package org.certcollect.protocol;

/**
 * Certificates in the form in which they are sent: text that ends with one LF, or bare DER.
 * Immutable.
 */
public final class EncodedCertificates {
  /** No certificates: no bytes. */
  public static final EncodedCertificates NONE = new EncodedCertificates(new byte[0]);

  private final byte[] bytes;

  private EncodedCertificates(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Certificates that were encoded elsewhere.
   *
   * @param encoded is copied
   */
  public static EncodedCertificates of(byte[] encoded) {
    return new EncodedCertificates(encoded.clone());
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Copies all bytes into an array that has room for them from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }
}
