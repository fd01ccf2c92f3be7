package org.certcollect.store.x509;

import java.util.List;

/**
 * An end entity's certificate with those of its issuers, checked: each is signed by the next.
 * {@link ChainBuilder} makes one from files, a store restores what it was once given.
 *
 * @param endEntity the certificate that was asked for
 * @param issuers its issuer first, towards the root; empty for a self-signed certificate or an
 *     unknown issuer; at most nine
 */
public record VerifiedChain(Certificate endEntity, List<Certificate> issuers) {
  /** The most certificates a chain may have. */
  public static final int MAX_LENGTH = 10;

  public VerifiedChain {
    issuers = List.copyOf(issuers);
    if (issuers.size() >= MAX_LENGTH) {
      throw new IllegalArgumentException("a chain has at most " + MAX_LENGTH + " certificates");
    }
  }
}
