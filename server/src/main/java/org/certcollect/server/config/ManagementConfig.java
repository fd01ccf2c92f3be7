package org.certcollect.server.config;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The management listener: health, metrics and the administrative interface.
 *
 * @param host the address or host name to bind to
 * @param port the port; 0 for any free one, empty for none
 * @param tls whether the port speaks TLS, with the certificate of the HTTPS port; only a loopback
 *     address can do without
 * @param socket a Unix socket for the owner of its folder; empty for none
 */
public record ManagementConfig(String host, OptionalInt port, boolean tls, Optional<Path> socket) {
  /** No management listener. */
  public static final ManagementConfig OFF =
      new ManagementConfig("127.0.0.1", OptionalInt.empty(), false, Optional.empty());

  public ManagementConfig {
    if (port.isPresent() && !tls && !isLoopback(host)) {
      throw new IllegalArgumentException("beyond loopback, the management port needs TLS");
    }
  }

  public ManagementConfig with(Path itsSocket) {
    return new ManagementConfig(host, port, tls, Optional.of(itsSocket));
  }

  /** Whether a host is {@code localhost} or a loopback address. No name is looked up. */
  public static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    try {
      return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
