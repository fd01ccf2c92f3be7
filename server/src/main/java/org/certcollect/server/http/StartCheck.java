package org.certcollect.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyStoreException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.server.tls.TokenException;

/** The checks for problems that keep a server from starting. They open no port. */
public final class StartCheck {
  /** The files that a server opens besides connections: libraries, the store, the jar. */
  private static final long OTHER_FILES = 200;

  /**
   * The part of limits.connections that is left for sockets before the end of their TLS handshake
   * or PROXY header. These sockets are not counted as connections.
   */
  private static final long HANDSHAKES_DIVISOR = 4;

  private StartCheck() {}

  /**
   * The problem that keeps every port of that host from being opened; empty if there is none.
   *
   * @param key the setting that names the host
   */
  public static Optional<String> host(String key, String host) {
    try (Socket unused = new Socket()) {
      // Only the kernel knows which addresses can be bound, floating ones included. A bound socket
      // does not listen yet.
      unused.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
      return Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.of(host(key, host, "does not resolve to an address of this machine"));
    } catch (IOException e) {
      return Optional.of(host(key, host, "is not an address of this machine"));
    }
  }

  private static String host(String key, String host, String problem) {
    return ("%s = %s %s: set an address of this machine, 0.0.0.0 for all IPv4 addresses,"
            + " or :: for all addresses")
        .formatted(key, host, problem);
  }

  /** The message about TLS files that cannot be used. */
  public static String tls(Throwable cause) {
    if (cause instanceof TokenException) {
      return "cannot serve TLS: " + cause.getMessage();
    }
    String problem =
        cause instanceof NoSuchFileException
            ? cause.getMessage() + " does not exist"
            : cause instanceof AccessDeniedException
                ? cause.getMessage() + " may not be read by this user"
                : String.valueOf(cause.getMessage());
    String advice =
        cause instanceof FileSystemException
            ? "tls.certificate, tls.key and tls.keystore name the files"
            : cause instanceof KeyStoreException
                ? "tls.keystore must be a PKCS#12 file that holds each key with its own"
                    + " certificate, and tls.keystore-password-file hold its password"
                : "tls.certificate and tls.key must be a pair in PEM files, the server's own"
                    + " certificate first, the key without a passphrase";
    return "cannot serve TLS (%s): %s".formatted(problem, advice);
  }

  /** The problem if this process may open too few files for the connections; empty if not. */
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
            "limits.connections is %d, but this process may open only %s files: raise the limit on"
                + " open files (LimitNOFILE= in a systemd unit, ulimit -n) to %d, or lower"
                + " limits.connections",
            connections,
            soft,
            neededFiles(connections)));
  }

  private static long neededFiles(int connections) {
    return connections + connections / HANDSHAKES_DIVISOR + OTHER_FILES;
  }
}
