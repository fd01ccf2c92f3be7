package org.certcollect.server.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.certcollect.server.log.LogEvent;
import org.certcollect.server.tls.CredentialOptions;
import org.certcollect.server.tls.ServerKeys;

/**
 * The TLS settings of a listener. They follow Mozilla's "Server Side TLS" recommendations (version
 * 5.7), on BoringSSL, or on the JDK's own TLS if the native library cannot be loaded.
 */
final class Tls {
  private static final Logger LOG = Logger.getLogger("certcollect.tls");

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

  private Tls() {}

  static void configure(HttpServerOptions options, ServerKeys keys) {
    options
        .setSsl(true)
        .setUseAlpn(false)
        .setSslHandshakeTimeout(ServerKeys.HANDSHAKE_TIMEOUT.toSeconds())
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setKeyCertOptions(KeyCertOptions.wrap(keys));
    switch (keys.profile()) {
      case INTERMEDIATE -> {
        options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        INTERMEDIATE.forEach(options::addEnabledCipherSuite);
      }
      case MODERN -> options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
    }
    MODERN.forEach(options::addEnabledCipherSuite);
    if (CredentialOptions.areAvailable()) {
      options.setSslEngineOptions(new CredentialOptions());
    } else {
      options.setSslEngineOptions(new JdkSSLEngineOptions());
      LogEvent.warning(
              "BoringSSL cannot be loaded on this system. TLS comes from the JDK, and new"
                  + " connections are several times slower")
          .to(LOG);
    }
  }
}
