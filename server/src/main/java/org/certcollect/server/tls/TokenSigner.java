package org.certcollect.server.tls;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.handler.ssl.OpenSslAsyncPrivateKeyMethod;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.net.ssl.SSLEngine;
import org.certcollect.server.auth.MinuteCounter;
import org.certcollect.server.config.TlsConfig.Pkcs11Key;
import org.certcollect.server.log.LogEvent;
import org.certcollect.server.tls.ServerKeys.ServerKey;

/**
 * A key that stays in a PKCS#11 token, which signs the handshakes. A token takes milliseconds, so
 * threads of its own wait for it, and no event loop. If it fails, it is opened again and asked once
 * more; if it fails again, the handshake fails. Safe for use by many threads.
 */
final class TokenSigner implements OpenSslAsyncPrivateKeyMethod, KeylessSigner {
  private static final Logger LOG = Logger.getLogger("certcollect.tls");

  /** The number of signatures at one time. Each takes a session, of which some tokens have 16. */
  private static final int THREADS = 8;

  private static final int MAX_WAITING = 1_000;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Pkcs11Key config;
  private final ServerKey served;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MAX_WAITING),
          new DefaultThreadFactory("certcollect-token", true));
  private final MinuteCounter failures = new MinuteCounter(Ticker.systemTicker());
  private final MinuteCounter openings = new MinuteCounter(Ticker.systemTicker());
  private volatile Pkcs11Token token;
  private long nextOpening = System.nanoTime();
  private Optional<TokenException> pinRefusal = Optional.empty();

  private TokenSigner(Pkcs11Key config, Pkcs11Token token, ServedCertificate certificate) {
    this.config = config;
    this.token = token;
    this.served = new ServerKey(token.key(), certificate);
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Opens a token, and checks that its key makes what TLS needs and belongs to the certificate.
   *
   * @param file the certificate to serve; if empty, that in the token
   */
  static TokenSigner open(Pkcs11Key config, Optional<ServedCertificate> file)
      throws TokenException {
    if (!CredentialOptions.areAvailable()) {
      throw new TokenException(
          "BoringSSL cannot be loaded on this system, and a key in a PKCS#11 token needs it: use a"
              + " system for which it is built, or another key",
          null);
    }
    Pkcs11Token token = Pkcs11Token.open(config);
    ServedCertificate certificate = file.orElseGet(() -> new ServedCertificate(token.chain()));
    check(token, config, certificate);
    return new TokenSigner(config, token, certificate);
  }

  private static void check(Pkcs11Token token, Pkcs11Key config, ServedCertificate certificate)
      throws TokenException {
    boolean isPair = token.key().getAlgorithm().equals(certificate.keyType());
    for (SignatureScheme scheme : SignatureScheme.required(certificate.own().getPublicKey())) {
      isPair = isPair && isSigned(token, scheme, certificate);
    }
    if (!isPair) {
      throw new TokenException(
          ("the key %s in the PKCS#11 token does not belong to the certificate of %s:"
                  + " tls.certificate must be the certificate of tls.pkcs11-key")
              .formatted(config.label(), certificate.subject()),
          null);
    }
  }

  private static boolean isSigned(
      Pkcs11Token token, SignatureScheme scheme, ServedCertificate certificate)
      throws TokenException {
    byte[] message = {1};
    byte[] signed;
    try {
      signed = token.sign(scheme, message);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new TokenException(
          ("the PKCS#11 token makes no signature of the kind %s, which TLS needs (%s):"
                  + " allow the key to sign in that way, or use another token")
              .formatted(scheme, TokenException.root(e)),
          e);
    }
    try {
      Signature verifier = scheme.with(Optional.empty());
      verifier.initVerify(certificate.own().getPublicKey());
      verifier.update(message);
      return verifier.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public ServerKey served() {
    return served;
  }

  @Override
  public void signFor(SslContextBuilder context) {
    context.option(OpenSslContextOption.ASYNC_PRIVATE_KEY_METHOD, this);
  }

  @Override
  public Future<byte[]> sign(SSLEngine engine, int algorithm, byte[] message) {
    Promise<byte[]> answer = ImmediateEventExecutor.INSTANCE.newPromise();
    long end = System.nanoTime() + ServerKeys.HANDSHAKE_TIMEOUT.toNanos();
    try {
      threads.execute(() -> sign(algorithm, message, end, answer));
    } catch (RejectedExecutionException e) {
      fail(new SignatureException("too many handshakes wait for the token", e), answer);
    }
    return answer;
  }

  private void sign(int algorithm, byte[] message, long end, Promise<byte[]> answer) {
    try {
      answer.trySuccess(sign(SignatureScheme.of(algorithm), message, end));
    } catch (GeneralSecurityException | RuntimeException | Error e) {
      // An Error, too: the handshake waits for the answer.
      fail(e, answer);
    }
  }

  private byte[] sign(SignatureScheme scheme, byte[] message, long end)
      throws GeneralSecurityException {
    requireTime(end);
    Pkcs11Token used = token;
    try {
      return used.sign(scheme, message);
    } catch (GeneralSecurityException | RuntimeException e) {
      if (!openAgain(used, e, end)) {
        throw e;
      }
      return token.sign(scheme, message);
    }
  }

  private static void requireTime(long end) throws SignatureException {
    if (System.nanoTime() - end > 0) {
      throw new SignatureException("the token was busy until the handshake had timed out");
    }
  }

  /**
   * Opens the token if nobody has done so since it failed, and if it is the token that fails: a
   * client may ask for a signature that it never makes. Returns whether it is worth another try. It
   * is not asked again once it has refused the PIN, so that it does not lock itself.
   */
  private synchronized boolean openAgain(Pkcs11Token failed, Exception problem, long end)
      throws GeneralSecurityException {
    requireTime(end);
    if (token != failed) {
      return true;
    }
    if (pinRefusal.isPresent()) {
      throw pinRefusal.get();
    }
    if (System.nanoTime() - nextOpening < 0) {
      return false;
    }
    try {
      if (TokenProviders.isSessionLost(problem)) {
        // Another session of the same provider may work by chance.
        TokenProviders.OF_PROCESS.forget(failed.provider());
      } else if (isWorking(failed)) {
        return true;
      }
      Pkcs11Token opened = Pkcs11Token.open(config);
      check(opened, config, served.certificate());
      token = opened;
    } catch (TokenException e) {
      pinRefusal = Optional.of(e).filter(TokenException::isPinRefused);
      throw e;
    } finally {
      // A token that takes long to fail gets its pause, too.
      nextOpening = System.nanoTime() + PAUSE.toNanos();
    }
    if (openings.add() == 1) {
      LogEvent.warning("The PKCS#11 token failed to sign a TLS handshake, and was opened again")
          .with("problem", cause(problem))
          .to(LOG);
    }
    return true;
  }

  private boolean isWorking(Pkcs11Token opened) {
    try {
      check(opened, config, served.certificate());
      return true;
    } catch (TokenException e) {
      return false;
    }
  }

  private void fail(Throwable problem, Promise<byte[]> answer) {
    if (failures.add() == 1) {
      LogEvent.warning(
              "A TLS handshake failed, because the PKCS#11 token did not sign. The server opens the"
                  + " token again by itself, unless the PIN is refused; then correct it and send"
                  + " SIGHUP. If the token is there and this line comes again, restart the server."
                  + " It appears once a minute at most")
          .with("problem", cause(problem))
          .to(LOG);
    }
    answer.tryFailure(problem);
  }

  private static Throwable cause(Throwable problem) {
    return problem instanceof TokenException || problem.getCause() == null
        ? problem
        : problem.getCause();
  }

  /** Refuses: key exchange by encryption to an RSA key is not among the ciphers. */
  @Override
  public Future<byte[]> decrypt(SSLEngine engine, byte[] encrypted) {
    return ImmediateEventExecutor.INSTANCE.newFailedFuture(
        new InvalidKeyException("the TLS key only signs"));
  }
}
