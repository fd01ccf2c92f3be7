package org.certcollect.store.jdbc;

/**
 * The conversion between the id of a certificate that clients see and the key of its row. The ids
 * begin far above the numbers of orders, so that nobody takes one for the other. The keys that a
 * database gives out begin with 1; only imported certificates have keys below.
 */
public final class CertificateKeys {
  private static final long BASE = 10_000_000_000L;

  private CertificateKeys() {}

  /** The id of the certificate with that key. */
  public static long id(long key) {
    return BASE + key;
  }

  /** The key of the certificate with that id. */
  public static long key(long id) {
    return id - BASE;
  }
}
