package org.certcollect.store.transfer;

import java.time.Instant;
import org.certcollect.store.x509.VerifiedChain;

/**
 * A certificate that was issued for an order, with the time of that.
 *
 * @param chainGiven whether its issuers came with it; else they were completed from what was known
 */
public record CertificateRecord(Instant issued, VerifiedChain chain, boolean chainGiven) {
  public CertificateRecord(Instant issued, VerifiedChain chain) {
    this(issued, chain, true);
  }

  /**
   * Whether the stored one is the same: a chain completed at another time may have become longer.
   */
  boolean isSame(CertificateRecord stored) {
    return issued.equals(stored.issued)
        && (chainGiven
            ? chain.equals(stored.chain)
            : chain.endEntity().equals(stored.chain.endEntity()));
  }
}
