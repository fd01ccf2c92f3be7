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
 * Issued certificates in the forms in which they were asked for. What a reference points at never
 * changes, so nothing here goes stale; whether it may be handed out is not decided here. Bounded by
 * the bytes that it holds; safe for use by many threads.
 */
public final class EncodedCache {
  /** Roughly the memory of an entry beside its bytes. */
  private static final int ENTRY_BYTES = 200;

  private final Cache<Key, EncodedCertificates> cache;

  private record Key(IssuedReference reference, long orderNumber, CertificateForm form) {}

  public EncodedCache(long maxBytes) {
    cache =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((Key key, EncodedCertificates value) -> value.length() + ENTRY_BYTES)
            // The cache's upkeep is too little to wake another thread for.
            .executor(Runnable::run)
            .build();
  }

  /**
   * The certificates that a reference points at, in a form.
   *
   * @param reads where they are read from the first time
   */
  EncodedCertificates get(
      CertificateForm form, long orderNumber, IssuedReference reference, Collects reads) {
    Key key = new Key(reference, orderNumber, form);
    EncodedCertificates known = cache.getIfPresent(key);
    if (known == null) {
      // Not within the cache: an event loop that asks for a neighbour would wait for this read.
      known = encode(reads.chain(reference), key);
      cache.put(key, known);
    }
    return known;
  }

  private static EncodedCertificates encode(VerifiedChain chain, Key key) {
    IssuedCertificate issued =
        new IssuedCertificate(
            key.orderNumber,
            Der.of(chain.endEntity().der()),
            chain.endEntity().dnsName(),
            chain.endEntity().notBefore(),
            chain.issuers().stream()
                .map(
                    issuer ->
                        new CaCertificate(
                            Der.of(issuer.der()), issuer.commonName(), issuer.notBefore()))
                .toList());
    return key.form.encode(issued);
  }
}
