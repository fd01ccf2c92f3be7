package org.certcollect.server.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.TlsConfig;

/**
 * A port to listen on, and how.
 *
 * @param key the setting that chooses it
 */
public record Port(String key, SocketAddress address, HttpServerOptions options) {
  /** The port for HTTPS. */
  public static Port https(ListenConfig listen, LimitsConfig limits, TlsConfig tls) {
    HttpServerOptions options = common(limits);
    Tls.configure(options, tls);
    return new Port("https.port", address(listen, listen.httpsPort(), 1), options);
  }

  /** The port for plain HTTP. */
  public static Port http(ListenConfig listen, LimitsConfig limits, int port) {
    return new Port("http.port", address(listen, port, 2), common(limits));
  }

  /** HTTP/1.1 alone: the clients of this protocol speak nothing else. */
  private static HttpServerOptions common(LimitsConfig limits) {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setMaxHeaderSize(limits.headerBytes())
        .setMaxInitialLineLength(limits.headerBytes());
  }

  /** Listeners that ask for a free port under the same id share one. */
  private static SocketAddress address(ListenConfig listen, int port, int id) {
    return port == 0
        ? SocketAddress.sharedRandomPort(id, listen.host())
        : SocketAddress.inetSocketAddress(port, listen.host());
  }
}
