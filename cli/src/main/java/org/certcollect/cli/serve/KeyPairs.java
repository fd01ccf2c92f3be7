package org.certcollect.cli.serve;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** Makes key pairs. */
public final class KeyPairs {
  private KeyPairs() {}

  /** An EC key on P-256. */
  public static KeyPair ec() {
    return make("EC", new ECGenParameterSpec("secp256r1"));
  }

  /** An RSA key of 2048 bits. */
  public static KeyPair rsa() {
    return make("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
  }

  private static KeyPair make(String algorithm, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
