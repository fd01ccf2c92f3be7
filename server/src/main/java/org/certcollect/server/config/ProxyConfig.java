package org.certcollect.server.config;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxies whose word for the address of a client is trusted.
 *
 * @param trusted addresses or networks in CIDR notation, with IPv4 addresses written as such and
 *     not as {@code ::ffff:10.0.0.1}; from any other peer, {@code X-Forwarded-For} and {@code
 *     X-Forwarded-Proto} are ignored
 * @param proxyProtocol whether each connection begins with a header of the PROXY protocol, version
 *     1 or 2. Then only trusted peers may connect: a receiver must not guess whether the header
 *     comes, because a client of a load balancer that sends none could write one itself
 */
public record ProxyConfig(List<String> trusted, boolean proxyProtocol) {
  private static final Pattern NETWORK = Pattern.compile("([^/%]+)(?:/(\\d{1,3}))?");

  /** The default settings: no proxy is trusted. */
  public static final ProxyConfig DEFAULT = new ProxyConfig(List.of());

  public ProxyConfig {
    trusted = List.copyOf(trusted);
    if (proxyProtocol && trusted.isEmpty()) {
      throw new IllegalArgumentException("the PROXY protocol needs trusted proxies");
    }
    for (String network : trusted) {
      if (!isNetwork(network)) {
        throw new IllegalArgumentException("not an address or a network: " + network);
      }
    }
  }

  /** Trusted proxies that do not use the PROXY protocol. */
  public ProxyConfig(List<String> trusted) {
    this(trusted, false);
  }

  private static boolean isNetwork(String text) {
    Matcher network = NETWORK.matcher(text);
    if (!network.matches()) {
      return false;
    }
    String address = network.group(1);
    int bits = network.group(2) == null ? 0 : Integer.parseInt(network.group(2));
    return NetUtil.isValidIpV4Address(address)
        ? bits <= 32
        : NetUtil.isValidIpV6Address(address) && !isIpV4Mapped(address) && bits <= 128;
  }

  /**
   * Refuses IPv4 addresses that are written as IPv6 addresses. Such a peer shows as an IPv4
   * address, so the operator must say which IPv4 network is meant.
   */
  private static boolean isIpV4Mapped(String address) {
    try {
      byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
      return InetAddress.getByAddress(bytes) instanceof Inet4Address;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
