package org.certcollect.store.transfer;

import java.time.Instant;
import java.util.OptionalLong;
import org.certcollect.store.x509.VerifiedChain;

/**
 * A certificate that was issued for an order, with the time of issue.
 *
 * @param chainGiven whether its issuers came with it; otherwise they were completed from the CA
 *     certificates in the store
 * @param id the certificate's id; empty if the store is to give it one
 */
public record CertificateRecord(
    Instant issued, VerifiedChain chain, boolean chainGiven, OptionalLong id) {
  /** The greatest id that a record may have, so that later ones have 16 digits at most. */
  public static final long MAX_ID = 999_999_999_999_999L;

  public CertificateRecord(Instant issued, VerifiedChain chain) {
    this(issued, chain, true, OptionalLong.empty());
  }

  /**
   * Whether the stored certificate is the same, apart from its id. Its chain may be longer if it
   * was completed at another time.
   */
  boolean isSame(CertificateRecord stored) {
    return issued.equals(stored.issued)
        && (chainGiven
            ? chain.equals(stored.chain)
            : chain.endEntity().equals(stored.chain.endEntity()));
  }

  /** Whether the stored certificate has this one's id; true if this one has none. */
  boolean hasIdOf(CertificateRecord stored) {
    return id.isEmpty() || id.equals(stored.id);
  }
}
