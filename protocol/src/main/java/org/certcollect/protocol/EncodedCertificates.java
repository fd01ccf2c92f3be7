package org.certcollect.protocol;

/** Certificates as the bytes in which they are sent. Immutable. */
public final class EncodedCertificates {
  /** No bytes at all. */
  public static final EncodedCertificates NONE = new EncodedCertificates(new byte[0], "");

  private final byte[] bytes;
  private final String fileName;

  private EncodedCertificates(byte[] bytes, String fileName) {
    this.bytes = bytes;
    this.fileName = fileName;
  }

  /**
   * Certificates that are encoded already.
   *
   * @param encoded is copied
   */
  public static EncodedCertificates of(byte[] encoded) {
    return new EncodedCertificates(encoded.clone(), "");
  }

  /** The same bytes with the name of a file for them. */
  public EncodedCertificates named(String name) {
    return new EncodedCertificates(bytes, name);
  }

  /** The name of a file for these bytes; empty if their form gives none. */
  public String fileName() {
    return fileName;
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Copies all bytes to an array, from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }
}
