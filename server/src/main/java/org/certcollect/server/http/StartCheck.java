package org.certcollect.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.TlsConfig;

/** What keeps a server from starting, as far as that shows without opening a port. */
public final class StartCheck {
  /** What a server opens besides connections: libraries, the store, the jar. */
  private static final long OTHER_FILES = 200;

  /**
   * The part of limits.connections that is left for sockets before the end of their TLS handshake
   * or PROXY header. These sockets are not counted as connections.
   */
  private static final long HANDSHAKES_DIVISOR = 4;

  private StartCheck() {}

  /** All that is wrong, each a line for the operator. */
  public static List<String> problems(Vertx vertx, ListenConfig listen, Optional<TlsConfig> tls) {
    List<String> problems = new ArrayList<>();
    host(listen.host()).ifPresent(problems::add);
    tls.flatMap(files -> tls(vertx, files)).ifPresent(problems::add);
    return problems;
  }

  /** Why no port of that host can be listened on. */
  static Optional<String> host(String host) {
    try (Socket unused = new Socket()) {
      // The kernel knows which addresses it takes, floating ones too; bound, it does not listen.
      unused.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
      return Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.of(host(host, "does not resolve to an address of this machine"));
    } catch (IOException e) {
      return Optional.of(host(host, "is not an address of this machine"));
    }
  }

  private static String host(String host, String problem) {
    return "listen.host = %s %s: set one, or 0.0.0.0 for all of IPv4, :: for all"
        .formatted(host, problem);
  }

  /** What to tell of TLS files that cannot be used. */
  public static String tls(Throwable cause) {
    return ("cannot serve TLS (%s): tls.certificate and tls.key must be a pair in PEM files, the"
            + " server's own certificate first, the key without a passphrase")
        .formatted(cause.getMessage());
  }

  /** Why this process cannot have as many connections as the limits allow; empty if it can. */
  public static Optional<String> openFiles(int connections) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
      return lines
          .filter(line -> line.startsWith("Max open files"))
          .flatMap(line -> openFiles(line, connections).stream())
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      // Only Linux has this file.
      return Optional.empty();
    }
  }

  static Optional<String> openFiles(String line, int connections) {
    String soft = line.split(" {2,}", -1)[1];
    if (!soft.matches("[0-9]{1,18}") || Long.parseLong(soft) >= neededFiles(connections)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "limits.connections is %d, and this process may open %s files only: raise the limit on"
                + " open files (LimitNOFILE= in a systemd unit, ulimit -n) to %d or lower"
                + " limits.connections",
            connections,
            soft,
            neededFiles(connections)));
  }

  private static long neededFiles(int connections) {
    return connections + connections / HANDSHAKES_DIVISOR + OTHER_FILES;
  }

  private static Optional<String> tls(Vertx vertx, TlsConfig files) {
    HttpServerOptions options = new HttpServerOptions();
    Tls.configure(options, files);
    try {
      Tls.requirePair(vertx, options.getKeyCertOptions());
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(tls(e));
    }
  }
}
