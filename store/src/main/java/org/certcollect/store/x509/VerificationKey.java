package org.certcollect.store.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jcajce.util.BCJcaJceHelper;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jcajce.util.JcaJceHelper;

/**
 * A public key that checks signatures: with the JDK if it knows the key and the algorithm, with
 * Bouncy Castle if it does not (brainpool, secp256k1, P-192, P-224, SM2, ML-DSA on Java 17). Before
 * the JDK comes {@link NativeSignatures}, if it was prepared. The key is decoded at its first use.
 * Safe for use by many threads.
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

  /** Composite keys, which may have an RSA key inside, and keys that lie elsewhere. */
  private static final Pattern COMPOSITE =
      Pattern.compile(
          "1\\.3\\.6\\.1\\.4\\.1\\.(18227\\.2|22554\\.4)\\..*"
              + "|1\\.3\\.6\\.1\\.5\\.5\\.7\\.6\\.(3[7-9]|[4-6][0-9])"
              + "|2\\.16\\.840\\.1\\.114027\\.80\\..*");

  /** P-256, P-384 and P-521: the JDK reads keys on some more curves, but checks no signature. */
  private static final Set<String> JDK_CURVES =
      Set.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35");

  /** The names of other kinds of keys. */
  private static final Map<String, String> NAMES =
      Map.of(
          "1.3.101.112", "Ed25519",
          "1.3.101.113", "Ed448",
          "1.2.840.10040.4.1", "DSA",
          "2.16.840.1.101.3.4.3.17", "ML-DSA-44",
          "2.16.840.1.101.3.4.3.18", "ML-DSA-65",
          "2.16.840.1.101.3.4.3.19", "ML-DSA-87");

  private final byte[] encoded;
  private final AlgorithmIdentifier algorithm;
  private final Optional<String> excess;
  private final Engine jdk = new Engine(DefaultJcaJceHelper::new);
  private final Engine bouncyCastle = new Engine(() -> BouncyCastle.PROVIDER);
  private volatile Optional<PublicKey> nativeKey = Optional.empty();

  /** Takes a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7). */
  VerificationKey(ASN1Encodable keyInfo) throws IOException {
    // The bytes first, as they were written: reading the sequence makes it forget them.
    encoded = ASN1Sequence.getInstance(keyInfo).getEncoded();
    algorithm = SubjectPublicKeyInfo.getInstance(keyInfo).getAlgorithm();
    excess = excess();
  }

  byte[] encoded() {
    return encoded.clone();
  }

  /** Whether Java programs without Bouncy Castle can use the key. */
  boolean isKnownToJdk() {
    return jdk.key().isPresent() && (!isEc() || JDK_CURVES.contains(describedAlgorithm()));
  }

  /**
   * Whether it is the same key, which may be written in another way. A key that is too large to be
   * decoded is the same only when its bytes are.
   */
  boolean isSameAs(VerificationKey other) {
    if (Arrays.equals(encoded, other.encoded)) {
      return true;
    }
    if (!oid().equals(other.oid()) || excess.isPresent() || other.excess.isPresent()) {
      return false;
    }
    // Bouncy Castle reads a curve that is written by its parameters, and a compressed point.
    return isForBouncyCastle() ? bouncyCastle.isSame(other.bouncyCastle) : jdk.isSame(other.jdk);
  }

  /** Checks a signature with the key. */
  SignatureCheck check(Asn1.Signed signed) {
    if (excess.isPresent()) {
      return new SignatureCheck.Unknown(excess.get());
    }
    if (isValidByNative(signed)) {
      return SignatureCheck.VALID;
    }
    boolean isAlgorithmKnown = false;
    boolean isMisfit = false;
    for (Engine engine : List.of(jdk, bouncyCastle)) {
      if (engine == bouncyCastle && !isForBouncyCastle() && jdk.key().isEmpty()) {
        break;
      }
      Optional<Signature> verifier = engine.verifier(signed.algorithm());
      isAlgorithmKnown |= verifier.isPresent();
      if (verifier.isPresent() && engine.key().isPresent()) {
        try {
          verifier.get().initVerify(engine.key().get());
          verifier.get().update(signed.signed());
          boolean isValid = verifier.get().verify(signed.signature());
          return isValid ? SignatureCheck.VALID : SignatureCheck.WRONG;
        } catch (GeneralSecurityException | RuntimeException e) {
          // The key is of another kind than the algorithm, the bytes cannot be a signature, or this
          // provider does not take the pair: the JDK says so of curves that it lacks.
          isMisfit = true;
        }
      }
    }
    return isMisfit
        ? SignatureCheck.WRONG
        : new SignatureCheck.Unknown(unknown(signed, isAlgorithmKnown));
  }

  /** Whether the native provider finds the signature right, and the JDK knows the key, too. */
  private boolean isValidByNative(Asn1.Signed signed) {
    if (!NativeSignatures.arePrepared() || !isKnownToJdk()) {
      return false;
    }
    if (nativeKey.isEmpty()) {
      nativeKey = jdk.key().flatMap(NativeSignatures::key);
    }
    return nativeKey.isPresent() && NativeSignatures.isValid(nativeKey.get(), signed);
  }

  private String unknown(Asn1.Signed signed, boolean isAlgorithmKnown) {
    if (RSA.contains(oid()) && jdk.key().isEmpty()) {
      return "an RSA key whose size or exponent is out of bounds";
    }
    return "unknown algorithm "
        + (isAlgorithmKnown ? describedAlgorithm() : signed.algorithm().getAlgorithm().getId());
  }

  /** The curve of an EC key, which is what programs differ in, or the algorithm of another. */
  String describedAlgorithm() {
    return isEc() && algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
        ? curve.getId()
        : oid();
  }

  /** The kind of key and its size or curve, as people name them. */
  String type() {
    try {
      if (RSA.contains(oid())) {
        ASN1Sequence numbers =
            ASN1Sequence.getInstance(SubjectPublicKeyInfo.getInstance(encoded).parsePublicKey());
        BigInteger modulus = ASN1Integer.getInstance(numbers.getObjectAt(0)).getPositiveValue();
        return "RSA " + modulus.bitLength();
      }
    } catch (IOException | RuntimeException e) {
      return "RSA";
    }
    if (isEc() && algorithm.getParameters() instanceof ASN1ObjectIdentifier curve) {
      String name = ECNamedCurveTable.getName(curve);
      return "EC " + (name == null ? curve.getId() : name.replace("prime256v1", "P-256"));
    }
    if (isEc()) {
      return "EC";
    }
    return NAMES.getOrDefault(oid(), oid());
  }

  private String oid() {
    return algorithm.getAlgorithm().getId();
  }

  private boolean isEc() {
    return algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
  }

  /** The reason why nobody should calculate with the key: a check could take hours. */
  private Optional<String> excess() {
    if (encoded.length > MAX_KEY) {
      return Optional.of("a key of more than " + MAX_KEY + " bytes");
    }
    if (!(algorithm.getParameters() instanceof ASN1Sequence numbers)) {
      return Optional.empty();
    }
    try {
      return Arrays.stream(numbers.toArray())
          .filter(ASN1Integer.class::isInstance)
          .map(number -> ((ASN1Integer) number).getPositiveValue())
          .filter(number -> number.bitLength() > MAX_PARAMETER_BITS)
          .findFirst()
          .map(number -> "a key of more than " + MAX_PARAMETER_BITS + " bits");
    } catch (RuntimeException e) {
      return Optional.of("a key whose parameters cannot be read");
    }
  }

  /**
   * Whether Bouncy Castle may decode the key. It has no bound on the exponent of an RSA key, with
   * which one check could take minutes, nor of one inside a composite key.
   */
  private boolean isForBouncyCastle() {
    return !RSA.contains(oid()) && !COMPOSITE.matcher(oid()).matches();
  }

  /** The provider, made at its first use and registered nowhere: TLS does not change. */
  private static final class BouncyCastle {
    private static final JcaJceHelper PROVIDER = new BCJcaJceHelper();
  }

  /** The key as the JDK's providers or Bouncy Castle's see it. */
  private final class Engine {
    private final Supplier<JcaJceHelper> provider;
    private volatile boolean isDecoded;
    private volatile Optional<PublicKey> key = Optional.empty();

    Engine(Supplier<JcaJceHelper> provider) {
      this.provider = provider;
    }

    Optional<PublicKey> key() {
      if (!isDecoded) {
        key = decode();
        isDecoded = true;
      }
      return key;
    }

    boolean isSame(Engine other) {
      return key().isPresent() && key().equals(other.key());
    }

    private Optional<PublicKey> decode() {
      try {
        // SunEC does not know the identifier of its own keys.
        return Optional.of(
            provider
                .get()
                .createKeyFactory(isEc() ? "EC" : oid())
                .generatePublic(new X509EncodedKeySpec(encoded)));
      } catch (GeneralSecurityException | RuntimeException e) {
        return Optional.empty();
      }
    }

    /** A verifier of that algorithm; only RSASSA-PSS has parameters (RFC 4055, section 3.1). */
    Optional<Signature> verifier(AlgorithmIdentifier signing) {
      try {
        Signature verifier = provider.get().createSignature(signing.getAlgorithm().getId());
        if (signing.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
          AlgorithmParameters read = AlgorithmParameters.getInstance("RSASSA-PSS");
          byte[] defaults = {0x30, 0x00};
          read.init(
              signing.getParameters() instanceof ASN1Sequence parameters
                  ? parameters.getEncoded()
                  : defaults);
          verifier.setParameter(read.getParameterSpec(PSSParameterSpec.class));
        }
        return Optional.of(verifier);
      } catch (GeneralSecurityException | IOException | RuntimeException e) {
        return Optional.empty();
      }
    }
  }
}
