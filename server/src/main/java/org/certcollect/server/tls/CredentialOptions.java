package org.certcollect.server.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCredential;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * A BoringSSL engine to which all keys of {@link ServerKeys} are given in advance. BoringSSL then
 * takes, for each client, the first one whose signatures the client understands. With a key manager
 * Netty asks for one by the server's ciphers, without a look at the client's: the RSA key beside an
 * EC key would never be used.
 */
public final class CredentialOptions extends OpenSSLEngineOptions {
  /** Whether BoringSSL can be loaded, and takes keys in this way. */
  public static boolean areAvailable() {
    return isAvailable() && OpenSslCredential.isAvailable();
  }

  @Override
  public CredentialOptions copy() {
    return new CredentialOptions();
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new Factory();
  }

  /** A factory of one context. Vert.x tells it the settings first. */
  private static final class Factory implements SslContextFactory {
    private final List<Consumer<SslContextBuilder>> settings = new ArrayList<>();
    private Optional<KeyManagerFactory> keys = Optional.empty();

    private Factory with(Consumer<SslContextBuilder> setting) {
      settings.add(setting);
      return this;
    }

    @Override
    public SslContextFactory forServer(ClientAuth auth) {
      return with(builder -> builder.clientAuth(auth));
    }

    @Override
    public SslContextFactory enabledProtocols(Set<String> protocols) {
      return with(builder -> builder.protocols(protocols));
    }

    @Override
    public SslContextFactory enabledCipherSuites(Set<String> suites) {
      return with(builder -> builder.ciphers(suites));
    }

    @Override
    public SslContextFactory trustManagerFactory(TrustManagerFactory factory) {
      return with(builder -> builder.trustManager(factory));
    }

    @Override
    public SslContextFactory keyMananagerFactory(KeyManagerFactory factory) {
      keys = Optional.of(factory);
      return this;
    }

    @Override
    public SslContext create() throws SSLException {
      return ServerContext.open(
          (ServerKeys) keys.orElseThrow().getKeyManagers()[0], List.copyOf(settings));
    }
  }
}
