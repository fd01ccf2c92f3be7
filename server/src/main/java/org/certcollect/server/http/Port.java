package org.certcollect.server.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.TlsConfig;

/**
 * A port to listen on, with its options.
 *
 * @param key the setting that chooses the port
 * @param address the host and the port
 */
public record Port(String key, SocketAddress address, HttpServerOptions options) {
  private static final int MIN_UNPRIVILEGED = 1024;
  private static final Duration PROXY_HEADER_TIMEOUT = Duration.ofSeconds(5);

  /** The port for HTTPS. */
  public static Port https(
      ListenConfig listen, LimitsConfig limits, ProxyConfig proxy, TlsConfig tls) {
    HttpServerOptions options = common(limits, proxy);
    Tls.configure(options, tls);
    return new Port("https.port", address(listen, listen.httpsPort(), 1), options);
  }

  /** The port for plain HTTP. */
  public static Port http(ListenConfig listen, LimitsConfig limits, ProxyConfig proxy, int port) {
    return new Port("http.port", address(listen, port, 2), common(limits, proxy));
  }

  /** The message about a failure to listen: its cause and what to do. */
  public String problem(Throwable cause) {
    return StartCheck.host(address.host())
        .orElseGet(() -> problem(String.valueOf(cause.getMessage())));
  }

  private String problem(String error) {
    int number = Math.max(0, address.port());
    String problem = error;
    String choice = "choose another port";
    // The native transport reports the errno, and that of Java a text.
    if (error.contains("(-98)") || error.contains("in use")) {
      problem = "the port is taken";
    } else if (number < MIN_UNPRIVILEGED && isForbidden(error)) {
      problem = "a port below 1024 needs privileges";
      choice =
          "give the process CAP_NET_BIND_SERVICE (AmbientCapabilities=CAP_NET_BIND_SERVICE in its"
              + " systemd unit, or setcap), or choose a port from 1024 on";
    }
    return String.format(
        Locale.ROOT,
        "cannot listen on %s:%d: %s: %s with %s (--%s), 0 for a free one",
        address.host(),
        number,
        problem,
        choice,
        key,
        key.replace('.', '-'));
  }

  private static boolean isForbidden(String error) {
    return error.contains("(-13)") || error.contains("Permission denied");
  }

  /** The options of both ports. Clients of this protocol speak only HTTP/1.1. */
  private static HttpServerOptions common(LimitsConfig limits, ProxyConfig proxy) {
    return new HttpServerOptions()
        .setUseProxyProtocol(proxy.proxyProtocol())
        .setProxyProtocolTimeout(PROXY_HEADER_TIMEOUT.toSeconds())
        .setProxyProtocolTimeoutUnit(TimeUnit.SECONDS)
        .setHttp2ClearTextEnabled(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setMaxHeaderSize(limits.headerBytes())
        .setMaxInitialLineLength(limits.headerBytes());
  }

  /** The address to bind to. For port 0, the listeners with the same id share one free port. */
  private static SocketAddress address(ListenConfig listen, int port, int id) {
    return port == 0
        ? SocketAddress.sharedRandomPort(id, listen.host())
        : SocketAddress.inetSocketAddress(port, listen.host());
  }
}
