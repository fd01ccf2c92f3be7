package org.certcollect.server.tls;

import io.netty.handler.ssl.OpenSslCredential;
import io.netty.handler.ssl.OpenSslCredentialBuilder;
import io.netty.handler.ssl.OpenSslX509KeyManagerFactory;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.certcollect.server.tls.ServerKeys.ServerKey;

/**
 * A builder of BoringSSL's contexts. BoringSSL takes, for each client, the first key whose
 * signatures the client understands: those that were given to it in advance, then the one that a
 * {@link KeylessSigner} has.
 */
final class ServerContext {
  private ServerContext() {}

  /**
   * A new context.
   *
   * @param settings everything except the keys
   */
  static SslContext open(ServerKeys keys, List<Consumer<SslContextBuilder>> settings)
      throws SSLException {
    Optional<KeylessSigner> signer = keys.signer();
    SslContextBuilder builder =
        signer.isPresent() ? keyless(signer.get()) : SslContextBuilder.forServer(keys);
    builder.sslProvider(SslProvider.OPENSSL);
    settings.forEach(setting -> setting.accept(builder));
    List<OpenSslCredential> credentials =
        keys.all().stream()
            .filter(key -> signer.map(KeylessSigner::served).filter(key::equals).isEmpty())
            .map(ServerContext::credential)
            .toList();
    try {
      return builder.addCredentials(credentials).build();
    } finally {
      // The context has references of its own.
      credentials.forEach(OpenSslCredential::release);
    }
  }

  private static SslContextBuilder keyless(KeylessSigner signer) throws SSLException {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(
              OpenSslX509KeyManagerFactory.newKeyless(chain(signer.served())));
      signer.signFor(builder);
      return builder;
    } catch (GeneralSecurityException | IOException e) {
      throw new SSLException(e);
    }
  }

  private static OpenSslCredential credential(ServerKey key) {
    return OpenSslCredentialBuilder.forX509(key.key(), chain(key)).build();
  }

  private static X509Certificate[] chain(ServerKey key) {
    return key.certificate().chain().toArray(X509Certificate[]::new);
  }
}
