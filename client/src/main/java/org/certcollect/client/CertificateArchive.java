package org.certcollect.client;

/**
 * A ZIP archive of certificates. {@link java.util.zip.ZipInputStream} reads it. The names in it
 * come from the server: check them before they become names of files.
 */
public final class CertificateArchive {
  private final byte[] bytes;

  CertificateArchive(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** The bytes of the archive, as a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }
}
