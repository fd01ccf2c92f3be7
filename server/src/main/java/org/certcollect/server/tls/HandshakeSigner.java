package org.certcollect.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslPrivateKeyMethod;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import javax.net.ssl.SSLEngine;
import org.certcollect.server.log.LogEvent;
import org.certcollect.server.tls.ServerKeys.ServerKey;
import org.jspecify.annotations.Nullable;

/**
 * An RSA key that BoringSSL does not have: it asks here for the signatures of handshakes. A
 * provider makes them. If that fails, the JDK makes this signature and all later ones. Safe for use
 * by many threads.
 */
final class HandshakeSigner implements OpenSslPrivateKeyMethod, KeylessSigner {
  private static final Logger LOG = Logger.getLogger("certcollect.tls");

  /** Smaller keys stay with BoringSSL: not every scheme fits into them. */
  private static final int MIN_BITS = 2048;

  private final ServerKey served;
  private final Provider provider;

  /** The same key in the provider's form, so that it is not converted at each signature. */
  private final PrivateKey key;

  /** Each thread's signatures, with the key: preparing one takes a quarter as long as signing. */
  private final ThreadLocal<Map<SignatureScheme, Signature>> prepared =
      ThreadLocal.withInitial(() -> new EnumMap<>(SignatureScheme.class));

  private volatile boolean isFailed;

  private HandshakeSigner(ServerKey served, Provider provider, PrivateKey key) {
    this.served = served;
    this.provider = provider;
    this.key = key;
  }

  /**
   * A signer for a key, if the provider takes it and makes right signatures of every scheme with
   * it.
   */
  static Optional<HandshakeSigner> of(ServerKey served, Provider provider) {
    if (!(served.certificate().own().getPublicKey() instanceof RSAPublicKey certified)
        || certified.getModulus().bitLength() < MIN_BITS) {
      return Optional.empty();
    }
    try {
      Key key = KeyFactory.getInstance("RSA", provider).translateKey(served.key());
      HandshakeSigner signer = new HandshakeSigner(served, provider, (PrivateKey) key);
      for (SignatureScheme scheme : SignatureScheme.RSA) {
        signer.check(scheme, certified);
      }
      return Optional.of(signer);
    } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
      LogEvent.warning("A provider cannot sign with the RSA key, so BoringSSL signs TLS handshakes")
          .with("provider", provider.getName())
          .with("problem", e)
          .to(LOG);
      return Optional.empty();
    }
  }

  private void check(SignatureScheme scheme, RSAPublicKey certified)
      throws GeneralSecurityException {
    byte[] message = scheme.name().getBytes(US_ASCII);
    Signature verifier = scheme.with(Optional.empty());
    verifier.initVerify(certified);
    verifier.update(message);
    if (!verifier.verify(byProvider(scheme, message))) {
      throw new SignatureException("a wrong signature of " + scheme);
    }
  }

  @Override
  public ServerKey served() {
    return served;
  }

  @Override
  public void signFor(SslContextBuilder context) {
    context.option(OpenSslContextOption.PRIVATE_KEY_METHOD, this);
  }

  /** The provider that signs. */
  Provider provider() {
    return provider;
  }

  @Override
  public byte[] sign(@Nullable SSLEngine engine, int algorithm, byte[] message)
      throws GeneralSecurityException {
    SignatureScheme scheme = SignatureScheme.of(algorithm);
    if (!isFailed) {
      try {
        return byProvider(scheme, message);
      } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
        isFailed = true;
        LogEvent.warning(
                "A provider failed to sign a TLS handshake. The JDK signs, slower, until the TLS"
                    + " files are read again: send SIGHUP to try the provider again")
            .with("provider", provider.getName())
            .with("problem", e)
            .to(LOG);
      }
    }
    Signature signature = scheme.with(served.key(), Optional.empty());
    signature.update(message);
    return signature.sign();
  }

  private byte[] byProvider(SignatureScheme scheme, byte[] message)
      throws GeneralSecurityException {
    Map<SignatureScheme, Signature> own = prepared.get();
    Signature signature = own.get(scheme);
    if (signature == null) {
      signature = scheme.with(key, Optional.of(provider));
      own.put(scheme, signature);
    }
    signature.update(message);
    return signature.sign();
  }

  /** Refuses: key exchange by encryption to an RSA key is not among the ciphers. */
  @Override
  public byte[] decrypt(SSLEngine engine, byte[] encrypted) throws InvalidKeyException {
    throw new InvalidKeyException("the TLS key only signs");
  }
}
