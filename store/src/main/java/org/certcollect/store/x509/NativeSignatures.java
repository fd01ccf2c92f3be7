package org.certcollect.store.x509;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks of signatures by {@link AwsLc}. It is asked only after {@link #prepare}, and only about
 * the kinds of keys that it was measured to check faster than the JDK. Safe for use by many
 * threads.
 */
public final class NativeSignatures {
  /** The signature algorithms (RFC 4055 and RFC 5758) and their names in Java. */
  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "1.2.840.113549.1.1.11", "SHA256withRSA",
          "1.2.840.113549.1.1.12", "SHA384withRSA",
          "1.2.840.113549.1.1.13", "SHA512withRSA",
          "1.2.840.10045.4.3.2", "SHA256withECDSA",
          "1.2.840.10045.4.3.3", "SHA384withECDSA",
          "1.2.840.10045.4.3.4", "SHA512withECDSA");

  private static final int CHECKS = 32;

  /** The algorithms of the keys that the provider is faster with, in Java's words. */
  private static volatile Set<String> faster = Set.of();

  private static boolean isMeasured;

  private NativeSignatures() {}

  /**
   * Loads the provider and measures it against the JDK, which takes some tenths of a second: worth
   * it before thousands of checks. Later calls do nothing.
   */
  public static synchronized void prepare() {
    if (!isMeasured && AwsLc.provider().isPresent()) {
      isMeasured = true;
      Provider provider = AwsLc.provider().get();
      Set<String> found = new HashSet<>();
      if (isFaster(provider, "RSA", 2048, "SHA256withRSA")) {
        found.add("RSA");
      }
      if (isFaster(provider, "EC", 256, "SHA256withECDSA")) {
        found.add("EC");
      }
      faster = Set.copyOf(found);
    }
  }

  /** Whether the provider is asked about any signature. */
  static boolean arePrepared() {
    return !faster.isEmpty();
  }

  private static boolean isFaster(Provider provider, String keys, int bits, String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(keys);
      generator.initialize(bits);
      KeyPair pair = generator.generateKeyPair();
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(pair.getPrivate());
      byte[] signature = signer.sign();
      Signature jdk = Signature.getInstance(algorithm);
      Signature ours = Signature.getInstance(algorithm, provider);
      return nanos(ours, pair.getPublic(), signature) < nanos(jdk, pair.getPublic(), signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  /** The least time of a check: the threads of the import interrupt others. */
  private static long nanos(Signature verifier, PublicKey key, byte[] signature)
      throws GeneralSecurityException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < CHECKS; i++) {
      long start = System.nanoTime();
      verifier.initVerify(key);
      if (!verifier.verify(signature)) {
        return Long.MAX_VALUE;
      }
      least = Math.min(least, System.nanoTime() - start);
    }
    return least;
  }

  /**
   * A key as the provider reads it; empty if the provider is not asked about such keys.
   *
   * @param key the key as the JDK has read it
   */
  static Optional<PublicKey> key(PublicKey key) {
    if (!faster.contains(key.getAlgorithm())) {
      return Optional.empty();
    }
    return AwsLc.provider().flatMap(provider -> key(key, provider));
  }

  private static Optional<PublicKey> key(PublicKey key, Provider provider) {
    try {
      return Optional.of(
          KeyFactory.getInstance(key.getAlgorithm(), provider)
              .generatePublic(new X509EncodedKeySpec(key.getEncoded())));
    } catch (GeneralSecurityException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether the provider finds the signature right. If not, the JDK is to be asked: it tells why.
   *
   * @param key one of {@link #key}
   */
  static boolean isValid(PublicKey key, Asn1.Signed signed) {
    String name = ALGORITHMS.get(signed.algorithm().getAlgorithm().getId());
    if (name == null || !name.contains("with" + key.getAlgorithm())) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(name, AwsLc.provider().orElseThrow());
      verifier.initVerify(key);
      verifier.update(signed.signed());
      return verifier.verify(signed.signature());
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }
}
