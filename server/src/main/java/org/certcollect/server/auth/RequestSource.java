package org.certcollect.server.auth;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * The network that a request came from, as far as wrong guesses are counted: an IPv4 address, or
 * the /64 network of an IPv6 address, since one customer commands all of it.
 *
 * @param name the address or network, as it is logged
 */
public record RequestSource(String name) {
  private static final int CUSTOMER_BITS = 64;

  /** The wider networks that a customer may get. */
  private static final int HOUSE_BITS = 56;

  private static final int SITE_BITS = 48;

  /** The source of an address in its textual form. A text that is no address stands for itself. */
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

  /** The networks that this source is in, the widest first: /48, /56, and the source itself. */
  public List<RequestSource> networks() {
    int slash = name.indexOf('/');
    byte[] bytes =
        slash < 0 ? null : NetUtil.createByteArrayFromIpAddressString(name.substring(0, slash));
    return bytes == null
        ? List.of(this)
        : List.of(network(bytes, SITE_BITS), network(bytes, HOUSE_BITS), this);
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
