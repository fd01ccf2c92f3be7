package org.certcollect.store.transfer;

import java.time.Instant;
import org.certcollect.store.x509.VerifiedChain;

/**
 * A certificate that was issued for an order, with the time of issue.
 *
 * @param chainGiven whether its issuers came with it; otherwise they were completed from the CA
 *     certificates in the store
 */
public record CertificateRecord(Instant issued, VerifiedChain chain, boolean chainGiven) {
  public CertificateRecord(Instant issued, VerifiedChain chain) {
    this(issued, chain, true);
  }

  /**
   * Whether the stored certificate is the same. Its chain may be longer if it was completed at
   * another time.
   */
  boolean isSame(CertificateRecord stored) {
    return issued.equals(stored.issued)
        && (chainGiven
            ? chain.equals(stored.chain)
            : chain.endEntity().equals(stored.chain.endEntity()));
  }
}
