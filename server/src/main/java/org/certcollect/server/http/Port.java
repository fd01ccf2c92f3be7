package org.certcollect.server.http;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.TrustManager;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.tls.ServerKeys;

/**
 * A port to listen on, with its options.
 *
 * @param key the setting that chooses the port
 * @param address the host and the port, or the path of a Unix socket
 * @param hosts whether requests may be sent to a host, given as the field Host names it
 */
public record Port(
    String key, SocketAddress address, HttpServerOptions options, Predicate<String> hosts) {
  private static final int MIN_UNPRIVILEGED = 1024;
  private static final TrustManager ANY_CERTIFICATE =
      InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0];
  private static final Duration PROXY_HEADER_TIMEOUT = Duration.ofSeconds(5);

  /** The port for HTTPS. */
  public static Port https(
      ListenConfig listen, LimitsConfig limits, ProxyConfig proxy, ServerKeys keys) {
    HttpServerOptions options = common(limits, proxy);
    Tls.configure(options, keys);
    return new Port("https.port", address(listen, listen.httpsPort(), 1), options, Port::isAny);
  }

  /** The port for plain HTTP. */
  public static Port http(ListenConfig listen, LimitsConfig limits, ProxyConfig proxy, int port) {
    return new Port("http.port", address(listen, port, 2), common(limits, proxy), Port::isAny);
  }

  /**
   * The port for management. Without TLS, its requests must name an address, {@code localhost} or
   * the configured host. A name that a stranger has pointed at this machine (DNS rebinding) would
   * let web pages read and send what only local programs may. With TLS no browser would take the
   * certificate for that name.
   */
  public static Port management(
      ManagementConfig management, int port, LimitsConfig limits, ServerKeys keys) {
    HttpServerOptions options = common(limits, ProxyConfig.DEFAULT);
    Predicate<String> hosts = Port::isAny;
    if (management.tls()) {
      Tls.configure(options, keys);
      // A client may show any certificate, and proves that it has the key. The admin API knows
      // certificates by their digests, not by issuers.
      options.setClientAuth(ClientAuth.REQUEST).setTrustOptions(TrustOptions.wrap(ANY_CERTIFICATE));
    } else {
      hosts = field -> isLocal(field.replaceFirst(":[0-9]*$", ""), management.host());
    }
    ListenConfig listen = new ListenConfig(management.host(), port, OptionalInt.empty());
    return new Port("management.port", address(listen, port, 3), options, hosts);
  }

  private static boolean isAny(String unused) {
    return true;
  }

  private static boolean isLocal(String host, String configured) {
    return host.equalsIgnoreCase("localhost")
        || host.equalsIgnoreCase(configured)
        || NetUtil.isValidIpV4Address(host)
        || (host.startsWith("[") && host.endsWith("]"));
  }

  /** A Unix socket for management. No web page can send requests to it. */
  public static Port socket(Path socket, LimitsConfig limits) {
    return new Port(
        "management.socket",
        SocketAddress.domainSocketAddress(socket.toString()),
        common(limits, ProxyConfig.DEFAULT),
        Port::isAny);
  }

  /** The message about a failure to listen: its cause and what to do. */
  public String problem(Throwable cause) {
    if (address.isDomainSocket()) {
      return "cannot listen on the Unix socket " + address.path() + ": " + cause.getMessage();
    }
    return StartCheck.host(isManagement() ? "management.host" : "listen.host", address.host())
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
        "cannot listen on %s:%d: %s: %s with %s, 0 for a free one",
        address.host(),
        number,
        problem,
        choice,
        isManagement() ? key : key + " (--" + key.replace('.', '-') + ")");
  }

  private boolean isManagement() {
    return key.startsWith("management.");
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
