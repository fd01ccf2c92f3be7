package org.certcollect.client;

/**
 * A ZIP archive of certificates. The names of its files come from the server: check them before
 * they become names of files here.
 */
public final class CertificateArchive {
  private final byte[] bytes;
  private final CertificateChain chain;

  CertificateArchive(byte[] bytes, CertificateChain chain) {
    this.bytes = bytes.clone();
    this.chain = chain;
  }

  /** The bytes of the archive, as a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The certificates in the archive. */
  public CertificateChain chain() {
    return chain;
  }
}
