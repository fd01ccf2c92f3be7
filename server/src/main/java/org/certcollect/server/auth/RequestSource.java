package org.certcollect.server.auth;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The network that a request came from, as far as wrong guesses are counted: an IPv4 address, or
 * the /64 network of an IPv6 address, since one customer commands all of it.
 *
 * @param name the address or network, as it is logged
 */
public record RequestSource(String name) {
  private static final int CUSTOMER_BITS = 64;

  /** The wider networks that customers get: one for a house, one for a site. */
  private static final int[] WIDER_BITS = {56, 48};

  /** The source of an address in its textual form; a text that is none stands for itself. */
  public static RequestSource of(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return new RequestSource(address);
    }
    InetAddress parsed = address(bytes);
    // An IPv4 address written as an IPv6 one becomes what it is.
    return parsed instanceof Inet4Address
        ? new RequestSource(parsed.getHostAddress())
        : network(bytes, CUSTOMER_BITS);
  }

  /** The next wider network around this one: /56 around /64, /48 around that, else none. */
  public Optional<RequestSource> wider() {
    int slash = name.indexOf('/');
    byte[] bytes =
        slash < 0 ? null : NetUtil.createByteArrayFromIpAddressString(name.substring(0, slash));
    if (bytes == null) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(name.substring(slash + 1));
    return Arrays.stream(WIDER_BITS)
        .filter(wider -> wider < bits)
        .mapToObj(wider -> network(bytes, wider))
        .findFirst();
  }

  private static RequestSource network(byte[] address, int bits) {
    byte[] network = Arrays.copyOf(Arrays.copyOf(address, bits / Byte.SIZE), address.length);
    return new RequestSource(NetUtil.toAddressString(address(network)) + "/" + bits);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
