package org.certcollect.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.log.LogEvent;

/**
 * The TLS settings of a listener. They follow Mozilla's "Server Side TLS" recommendations (version
 * 5.7), on BoringSSL, or on the JDK's own TLS if the native library cannot be loaded.
 */
final class Tls {
  private static final Logger LOG = Logger.getLogger("certcollect.tls");
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(5);

  /**
   * The cipher suites for TLS 1.2. ChaCha20 comes last, because most servers have AES in hardware.
   */
  private static final List<String> INTERMEDIATE =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** The cipher suites for TLS 1.3. */
  private static final List<String> MODERN =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  /** The signature algorithm for each type of key that Vert.x reads. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  static {
    // Vert.x passes the key on in a PKCS#12 store in memory, under a password that it knows. There
    // is nothing to protect, and 10,000 rounds of hashing for each read and write took a third of
    // the start-up time on one core.
    System.setProperty("keystore.pkcs12.keyPbeIterationCount", "1");
  }

  private Tls() {}

  static void configure(HttpServerOptions options, TlsConfig config) {
    options
        .setSsl(true)
        .setUseAlpn(false)
        .setSslHandshakeTimeout(HANDSHAKE_TIMEOUT.toSeconds())
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(config.certificate().toString())
                .setKeyPath(config.key().toString()));
    switch (config.profile()) {
      case INTERMEDIATE -> {
        options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        INTERMEDIATE.forEach(options::addEnabledCipherSuite);
      }
      case MODERN -> options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
    }
    MODERN.forEach(options::addEnabledCipherSuite);
    if (OpenSSLEngineOptions.isAvailable()) {
      options.setSslEngineOptions(new OpenSSLEngineOptions());
    } else {
      options.setSslEngineOptions(new JdkSSLEngineOptions());
      LogEvent.warning(
              "BoringSSL cannot be loaded on this system. TLS comes from the JDK, and new"
                  + " connections are several times slower")
          .to(LOG);
    }
  }

  /**
   * Checks that the key belongs to the certificate. Otherwise the server would start, and every
   * handshake would fail.
   *
   * @throws GeneralSecurityException if it does not
   */
  static void requirePair(Vertx vertx, KeyCertOptions files) throws Exception {
    for (KeyManager manager : files.getKeyManagerFactory(vertx).getKeyManagers()) {
      X509KeyManager keys = (X509KeyManager) manager;
      for (Map.Entry<String, String> type : SIGNATURES.entrySet()) {
        String[] aliases = keys.getServerAliases(type.getKey(), null);
        for (String alias : aliases == null ? new String[0] : aliases) {
          PublicKey certified = keys.getCertificateChain(alias)[0].getPublicKey();
          requirePair(type.getValue(), keys.getPrivateKey(alias), certified);
        }
      }
    }
  }

  private static void requirePair(String algorithm, PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    byte[] signed = signature.sign();
    if (certified.getAlgorithm().equals(key.getAlgorithm())) {
      signature.initVerify(certified);
      if (signature.verify(signed)) {
        return;
      }
    }
    throw new GeneralSecurityException("the key does not belong to the certificate");
  }
}
