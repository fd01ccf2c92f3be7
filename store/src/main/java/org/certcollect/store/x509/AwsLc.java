package org.certcollect.store.x509;

import java.security.Provider;
import java.util.Optional;

/**
 * AWS-LC, a native library, as Amazon's Corretto Crypto Provider offers it to Java. The provider is
 * registered nowhere, so it does only what it is asked to. Safe for use by many threads.
 */
public final class AwsLc {
  private static final Optional<Provider> PROVIDER = load();

  private AwsLc() {}

  /**
   * The provider; empty if this system cannot load its library. The first call loads the library,
   * which takes some tenths of a second.
   */
  public static Optional<Provider> provider() {
    return PROVIDER;
  }

  private static Optional<Provider> load() {
    try {
      Provider provider =
          (Provider)
              Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider")
                  .getField("INSTANCE")
                  .get(null);
      // Without its library the provider is there, and has no algorithms.
      return Optional.of(provider)
          .filter(p -> p.getService("Signature", "SHA256withECDSA") != null);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }
}
