package org.certcollect.server.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A kind of signature that TLS 1.2 or 1.3 has (RFC 8446, section 4.2.3), in Java's words. */
enum SignatureScheme {
  PKCS1_SHA1(0x0201, "SHA1withRSA"),
  PKCS1_SHA256(0x0401, "SHA256withRSA"),
  PKCS1_SHA384(0x0501, "SHA384withRSA"),
  PKCS1_SHA512(0x0601, "SHA512withRSA"),
  PSS_SHA256(0x0804, "SHA-256", 32),
  PSS_SHA384(0x0805, "SHA-384", 48),
  PSS_SHA512(0x0806, "SHA-512", 64),
  ECDSA_SHA1(0x0203, "SHA1withECDSA"),
  ECDSA_SHA256(0x0403, "SHA256withECDSA"),
  ECDSA_SHA384(0x0503, "SHA384withECDSA"),
  ECDSA_SHA512(0x0603, "SHA512withECDSA");

  /** The schemes for RSA keys. */
  static final Set<SignatureScheme> RSA = Set.copyOf(EnumSet.range(PKCS1_SHA1, PSS_SHA512));

  private final int number;
  private final String algorithm;

  /** The hash of PSS; empty with the others. */
  private final String hash;

  private final int saltBytes;

  SignatureScheme(int number, String algorithm) {
    this.number = number;
    this.algorithm = algorithm;
    this.hash = "";
    this.saltBytes = 0;
  }

  SignatureScheme(int number, String hash, int saltBytes) {
    this.number = number;
    this.algorithm = "RSASSA-PSS";
    this.hash = hash;
    this.saltBytes = saltBytes;
  }

  /** The scheme with TLS's number. */
  static SignatureScheme of(int number) throws SignatureException {
    for (SignatureScheme scheme : values()) {
      if (scheme.number == number) {
        return scheme;
      }
    }
    throw new SignatureException("not a signature scheme for RSA or EC keys: " + number);
  }

  /**
   * The schemes that a key must have, as nearly all clients use one of them. In TLS 1.3 the curve
   * of an EC key decides (RFC 8446, section 4.2.3).
   */
  static Set<SignatureScheme> required(PublicKey key) {
    if (!(key instanceof ECPublicKey ec)) {
      return EnumSet.of(PKCS1_SHA256, PSS_SHA256);
    }
    int bits = ec.getParams().getCurve().getField().getFieldSize();
    return EnumSet.of(bits <= 256 ? ECDSA_SHA256 : bits <= 384 ? ECDSA_SHA384 : ECDSA_SHA512);
  }

  /**
   * A signature to be made.
   *
   * @param provider the provider that signs; if empty, the first one of the JVM that takes the key
   */
  Signature with(PrivateKey key, Optional<Provider> provider) throws GeneralSecurityException {
    Signature signature = with(provider);
    signature.initSign(key);
    return signature;
  }

  /** A signature to be made or checked, without a key yet. */
  Signature with(Optional<Provider> provider) throws GeneralSecurityException {
    Signature signature =
        provider.isPresent()
            ? Signature.getInstance(algorithm, provider.get())
            : Signature.getInstance(algorithm);
    if (!hash.isEmpty()) {
      signature.setParameter(
          new PSSParameterSpec(
              hash,
              "MGF1",
              new MGF1ParameterSpec(hash),
              saltBytes,
              PSSParameterSpec.TRAILER_FIELD_BC));
    }
    return signature;
  }
}
