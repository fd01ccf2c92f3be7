package org.certcollect.store.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A public key that checks signatures: with the JDK where it knows the key and the algorithm, with
 * Bouncy Castle where it does not (brainpool, secp256k1, P-192, P-224, SM2, ML-DSA on Java 17). The
 * key is decoded at its first use. Safe for use by many threads.
 */
final class VerificationKey {
  /** More bytes than the key of any signature in use has: of ML-DSA-87 it has 2,614. */
  private static final int MAX_KEY = 4096;

  /**
   * The largest bits of a number among a key's parameters. The time of a check with a DSA key grows
   * with the third power of theirs.
   */
  private static final int MAX_PARAMETER_BITS = 4096;

  /** The identifiers that RSA keys go by: PKCS#1, OAEP and PSS, and that of X.509 itself. */
  private static final Set<String> RSA =
      Set.of("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.7", "1.2.840.113549.1.1.10", "2.5.8.1.1");

  private static final String EC = "1.2.840.10045.2.1";

  /** Composite keys, which may have an RSA key inside, and keys that lie elsewhere. */
  private static final Pattern COMPOSITE =
      Pattern.compile(
          "1\\.3\\.6\\.1\\.4\\.1\\.(18227\\.2|22554\\.4)\\..*"
              + "|1\\.3\\.6\\.1\\.5\\.5\\.7\\.6\\.(3[7-9]|[4-6][0-9])"
              + "|2\\.16\\.840\\.1\\.114027\\.80\\..*");

  /** P-256, P-384 and P-521: the JDK reads keys on some more curves, but checks no signature. */
  private static final Set<String> JDK_CURVES =
      Set.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35");

  private final byte[] encoded;
  private final String algorithm;
  private final Optional<DerElement> parameters;
  private final Optional<String> excess;
  private final Engine jdk = new Engine(Optional.empty());
  private volatile Optional<Engine> bouncyCastle = Optional.empty();

  /**
   * Takes a key as certificates and requests write it.
   *
   * @param keyInfo a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7)
   * @throws MalformedDerException when it is not one
   */
  VerificationKey(DerElement keyInfo) {
    encoded = keyInfo.encoded();
    DerReader reader = keyInfo.reader();
    DerReader identifier = reader.next(DerElement.SEQUENCE).reader();
    algorithm = identifier.next(DerElement.OID).oid();
    parameters = identifier.hasNext() ? Optional.of(identifier.next()) : Optional.empty();
    byte[] unused = reader.next(DerElement.BIT_STRING).bits();
    reader.requireEnd();
    excess = excess();
  }

  byte[] encoded() {
    return encoded.clone();
  }

  /** Whether Java programs without Bouncy Castle can use the key. */
  boolean isKnownToJdk() {
    return jdk.key().isPresent()
        && (!algorithm.equals(EC) || JDK_CURVES.contains(describedAlgorithm()));
  }

  /**
   * Whether it is the same key, which may be written in another way. A key that is too large to be
   * decoded is the same only when its bytes are.
   */
  boolean isSameAs(VerificationKey other) {
    if (Arrays.equals(encoded, other.encoded)) {
      return true;
    }
    if (!algorithm.equals(other.algorithm) || excess.isPresent() || other.excess.isPresent()) {
      return false;
    }
    if (jdk.key().isPresent() && other.jdk.key().isPresent()) {
      return isSame(jdk, other.jdk);
    }
    return isForBouncyCastle() && isSame(bouncyCastle(), other.bouncyCastle());
  }

  /**
   * Checks a signature.
   *
   * @param signed the bytes that were signed
   */
  SignatureCheck check(SignatureAlgorithm signing, byte[] signed, byte[] signature) {
    if (excess.isPresent()) {
      return new SignatureCheck.Unknown(excess.get());
    }
    Attempt first = jdk.attempt(signing, signed, signature);
    if (first.isDecisive()) {
      return first.result();
    }
    if (!isForBouncyCastle() && jdk.key().isEmpty()) {
      return new SignatureCheck.Unknown(
          RSA.contains(algorithm)
              ? "an RSA key whose size or exponent is out of bounds"
              : "unknown algorithm " + algorithm);
    }
    Attempt second = bouncyCastle().attempt(signing, signed, signature);
    if (second.isDecisive()) {
      return second.result();
    }
    if (first == Attempt.MISFIT || second == Attempt.MISFIT) {
      return SignatureCheck.WRONG;
    }
    return new SignatureCheck.Unknown(
        "unknown algorithm "
            + (second == Attempt.UNKNOWN_ALGORITHM ? signing.oid() : describedAlgorithm()));
  }

  /** The curve of an EC key, which is what programs differ in, or the algorithm of another. */
  String describedAlgorithm() {
    return parameters
        .filter(element -> algorithm.equals(EC) && element.tag() == DerElement.OID)
        .map(DerElement::oid)
        .orElse(algorithm);
  }

  /** The reason why nobody should calculate with the key: a check could take hours. */
  private Optional<String> excess() {
    if (encoded.length > MAX_KEY) {
      return Optional.of("a key of more than " + MAX_KEY + " bytes");
    }
    if (parameters.isEmpty() || parameters.get().tag() != DerElement.SEQUENCE) {
      return Optional.empty();
    }
    try {
      for (DerReader numbers = parameters.get().reader(); numbers.hasNext(); ) {
        DerElement number = numbers.next();
        if (number.tag() == DerElement.INTEGER
            && new BigInteger(1, number.content()).bitLength() > MAX_PARAMETER_BITS) {
          return Optional.of("a key of more than " + MAX_PARAMETER_BITS + " bits");
        }
      }
    } catch (MalformedDerException e) {
      return Optional.of("a key whose parameters cannot be read");
    }
    return Optional.empty();
  }

  /**
   * Whether Bouncy Castle may decode the key. It has no bound on the exponent of an RSA key, with
   * which one check could take minutes, nor of one inside a composite key.
   */
  private boolean isForBouncyCastle() {
    return !RSA.contains(algorithm) && !COMPOSITE.matcher(algorithm).matches();
  }

  private Engine bouncyCastle() {
    if (bouncyCastle.isEmpty()) {
      bouncyCastle = Optional.of(new Engine(Optional.of(BouncyCastle.PROVIDER)));
    }
    return bouncyCastle.get();
  }

  private static boolean isSame(Engine one, Engine other) {
    if (one.key().isEmpty() || other.key().isEmpty()) {
      return false;
    }
    if (one.key().get() instanceof ECPublicKey ours
        && other.key().get() instanceof ECPublicKey theirs) {
      // A curve may be written by its name or by its parameters.
      return ours.getW().equals(theirs.getW())
          && ours.getParams().getCurve().equals(theirs.getParams().getCurve())
          && ours.getParams().getGenerator().equals(theirs.getParams().getGenerator());
    }
    return Arrays.equals(one.key().get().getEncoded(), other.key().get().getEncoded());
  }

  /** The provider, made at its first use and registered nowhere: TLS does not change. */
  private static final class BouncyCastle {
    private static final Provider PROVIDER = new BouncyCastleProvider();
  }

  private enum Attempt {
    VALID,
    WRONG,
    UNKNOWN_ALGORITHM,
    UNKNOWN_KEY,
    /** The key is of another kind than the algorithm, or the provider does not take the pair. */
    MISFIT;

    boolean isDecisive() {
      return this == VALID || this == WRONG;
    }

    SignatureCheck result() {
      return this == VALID ? SignatureCheck.VALID : SignatureCheck.WRONG;
    }
  }

  /** The key as one provider, or the JDK's own, sees it. */
  private final class Engine {
    private final Optional<Provider> provider;
    private volatile boolean isDecoded;
    private volatile Optional<PublicKey> key = Optional.empty();

    Engine(Optional<Provider> provider) {
      this.provider = provider;
    }

    Optional<PublicKey> key() {
      if (!isDecoded) {
        key = decode();
        isDecoded = true;
      }
      return key;
    }

    Attempt attempt(SignatureAlgorithm signing, byte[] signed, byte[] bytes) {
      Signature signature;
      try {
        signature =
            provider.isPresent()
                ? Signature.getInstance(signing.oid(), provider.get())
                : Signature.getInstance(signing.oid());
        signing.configure(signature);
      } catch (GeneralSecurityException | IOException | RuntimeException e) {
        return Attempt.UNKNOWN_ALGORITHM;
      }
      if (key().isEmpty()) {
        return Attempt.UNKNOWN_KEY;
      }
      try {
        signature.initVerify(key().get());
        signature.update(signed);
        return signature.verify(bytes) ? Attempt.VALID : Attempt.WRONG;
      } catch (SignatureException e) {
        // The bytes cannot be a signature; the JDK says so of curves that it lacks, too.
        return provider.isPresent() ? Attempt.WRONG : Attempt.MISFIT;
      } catch (InvalidKeyException | RuntimeException e) {
        return Attempt.MISFIT;
      }
    }

    private Optional<PublicKey> decode() {
      try {
        KeyFactory factory =
            provider.isPresent()
                ? KeyFactory.getInstance(algorithm, provider.get())
                // SunEC does not know the identifier of its own keys.
                : KeyFactory.getInstance(algorithm.equals(EC) ? "EC" : algorithm);
        return Optional.of(factory.generatePublic(new X509EncodedKeySpec(encoded)));
      } catch (GeneralSecurityException | RuntimeException e) {
        return Optional.empty();
      }
    }
  }
}
