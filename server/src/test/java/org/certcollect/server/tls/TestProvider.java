package org.certcollect.server.tls;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.KeySpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider of RSA signatures as the JDK makes them, except that they can be made to fail. It
 * takes a key of any class, and signs with one that it was given, as a hardware module does.
 */
final class TestProvider extends Provider {
  private static final long serialVersionUID = 1;

  /** The outcomes of a signature. */
  enum Mode {
    RIGHT,
    WRONG,
    REFUSED,
    SLOW
  }

  private final transient PrivateKey key;
  private final AtomicInteger signatures = new AtomicInteger();
  private volatile Mode mode = Mode.RIGHT;

  TestProvider(PrivateKey key) {
    super("TestProvider", "1", "RSA signatures for tests");
    this.key = key;
    for (String algorithm :
        List.of("SHA1withRSA", "SHA256withRSA", "SHA384withRSA", "SHA512withRSA", "RSASSA-PSS")) {
      putService(new Own("Signature", algorithm, Signing.class));
    }
    putService(new Own("KeyFactory", "RSA", Keys.class));
  }

  TestProvider set(Mode other) {
    mode = other;
    return this;
  }

  /** The number of signatures that were asked for. */
  int signatures() {
    return signatures.get();
  }

  private final class Own extends Service {
    Own(String type, String algorithm, Class<?> spi) {
      super(TestProvider.this, type, algorithm, spi.getName(), null, null);
    }

    @Override
    public Object newInstance(Object parameter) {
      return getType().equals("Signature") ? new Signing(getAlgorithm()) : new Keys();
    }
  }

  private final class Signing extends SignatureSpi {
    private final Signature jdk;

    Signing(String algorithm) {
      try {
        jdk = Signature.getInstance(algorithm);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected void engineInitSign(PrivateKey unused) throws InvalidKeyException {
      jdk.initSign(key);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
      jdk.update(bytes, offset, length);
    }

    @Override
    protected void engineUpdate(byte one) throws SignatureException {
      jdk.update(one);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      signatures.incrementAndGet();
      byte[] signature = jdk.sign();
      switch (mode) {
        case RIGHT -> {}
        case WRONG -> signature[signature.length - 1] ^= 1;
        case REFUSED -> throw new SignatureException("the module is gone");
        case SLOW -> {
          for (int i = 0; i < 10; i++) {
            jdk.update(signature);
            jdk.sign();
          }
        }
      }
      return signature;
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec parameters)
        throws InvalidAlgorithmParameterException {
      jdk.setParameter(parameters);
    }

    @Override
    protected void engineInitVerify(PublicKey unused) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Keys extends KeyFactorySpi {
    @Override
    protected Key engineTranslateKey(Key any) {
      return any;
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key any, Class<T> type) {
      throw new UnsupportedOperationException();
    }
  }
}
