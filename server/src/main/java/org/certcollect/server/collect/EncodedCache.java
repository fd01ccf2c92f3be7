package org.certcollect.server.collect;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.certcollect.protocol.CertificateForm;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.IssuedCertificate;
import org.certcollect.protocol.format.IssuedCertificate.CaCertificate;
import org.certcollect.store.Collects;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.x509.VerifiedChain;

/**
 * A cache of issued certificates in the formats that clients asked for. The certificates of a
 * reference never change, so no entry becomes outdated. The caller decides whether an order's
 * certificate may be handed out. The total size of the entries is bounded. Safe for use by many
 * threads.
 */
public final class EncodedCache {
  /** The approximate memory of an entry in addition to its encoded bytes. */
  private static final int ENTRY_BYTES = 200;

  private final Cache<EncodedKey, EncodedCertificates> cache;

  private record EncodedKey(IssuedReference reference, long orderNumber, CertificateForm form) {}

  public EncodedCache(long maxBytes) {
    cache =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((EncodedKey key, EncodedCertificates value) -> value.length() + ENTRY_BYTES)
            // The cache's maintenance is too short to be worth another thread.
            .executor(Runnable::run)
            .build();
  }

  /**
   * The certificates of a reference in one format.
   *
   * @param reads the reads that load the certificates if they are not in the cache
   */
  EncodedCertificates get(
      CertificateForm form, long orderNumber, IssuedReference reference, Collects reads) {
    EncodedKey key = new EncodedKey(reference, orderNumber, form);
    EncodedCertificates known = cache.getIfPresent(key);
    if (known == null) {
      // The read is not made inside the cache, where an event loop that asks for an entry nearby
      // would have to wait for it.
      known = encode(reads.chain(reference), key);
      cache.put(key, known);
    }
    return known;
  }

  private static EncodedCertificates encode(VerifiedChain chain, EncodedKey key) {
    return key.form.encode(issued(chain, key.orderNumber));
  }

  /** A chain as the formats of the protocol want it. */
  public static IssuedCertificate issued(VerifiedChain chain, long orderNumber) {
    return new IssuedCertificate(
        orderNumber,
        Der.of(chain.endEntity().der()),
        chain.endEntity().dnsName(),
        chain.endEntity().notBefore(),
        chain.issuers().stream()
            .map(
                issuer ->
                    new CaCertificate(
                        Der.of(issuer.der()), issuer.commonName(), issuer.notBefore()))
            .toList());
  }
}
