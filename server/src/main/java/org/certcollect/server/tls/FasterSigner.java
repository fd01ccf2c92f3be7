package org.certcollect.server.tls;

import java.security.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.log.LogEvent;
import org.certcollect.server.tls.ServerKeys.ServerKey;
import org.certcollect.store.x509.AwsLc;

/**
 * A choice between BoringSSL and AWS-LC to sign with an RSA key. AWS-LC uses instructions of some
 * processors (AVX-512 IFMA) that BoringSSL does not use, so both are measured, with the key itself.
 */
final class FasterSigner {
  private static final Logger LOG = Logger.getLogger("certcollect.tls");

  private FasterSigner() {}

  /** A signer by AWS-LC, if this system can load it and it is faster. */
  static Optional<HandshakeSigner> of(ServerKey key) {
    if (!CredentialOptions.areAvailable()) {
      return Optional.empty();
    }
    Optional<Provider> provider = AwsLc.provider();
    if (provider.isEmpty()) {
      LogEvent.info(
              "AWS-LC cannot be loaded on this system, so BoringSSL signs TLS handshakes with the"
                  + " RSA key")
          .to(LOG);
    }
    return provider.flatMap(loaded -> of(key, loaded));
  }

  /** A signer by any provider, if it is faster. */
  static Optional<HandshakeSigner> of(ServerKey key, Provider provider) {
    return HandshakeSigner.of(key, provider).filter(FasterSigner::isFaster);
  }

  private static boolean isFaster(HandshakeSigner signer) {
    ServerKeys alone =
        new ServerKeys(Map.of("RSA", signer.served()), TlsConfig.Profile.INTERMEDIATE);
    try {
      List<Duration> costs = HandshakeCost.of(alone, alone.signingBy(signer));
      boolean isFaster = costs.get(1).compareTo(costs.get(0)) < 0;
      LogEvent.info("Measured new TLS connections with the RSA key")
          .with("signs", isFaster ? signer.provider().getName() : "BoringSSL")
          .with("boringssl_us", costs.get(0).toNanos() / 1000)
          .with("provider_us", costs.get(1).toNanos() / 1000)
          .to(LOG);
      return isFaster;
    } catch (SSLException | RuntimeException e) {
      LogEvent.warning("A handshake with a provider's signature failed, so BoringSSL signs")
          .with("provider", signer.provider().getName())
          .with("problem", e)
          .to(LOG);
      return false;
    }
  }
}
