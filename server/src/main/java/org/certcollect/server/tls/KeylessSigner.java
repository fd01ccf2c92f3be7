package org.certcollect.server.tls;

import io.netty.handler.ssl.SslContextBuilder;
import org.certcollect.server.tls.ServerKeys.ServerKey;

/** A signer of handshakes, with a key that BoringSSL does not have. */
sealed interface KeylessSigner permits HandshakeSigner, TokenSigner {
  /** The key and its certificates. */
  ServerKey served();

  /** Has BoringSSL ask this signer. A context can ask one only. */
  void signFor(SslContextBuilder context);
}
