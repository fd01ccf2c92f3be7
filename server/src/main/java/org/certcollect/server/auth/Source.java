package org.certcollect.server.auth;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where a request came from, as far as guesses are counted: an IPv4 address, or the /64 network of
 * an IPv6 address, since one customer commands all of it.
 *
 * @param name the address or network, as it is logged
 */
public record Source(String name) {
  private static final int NETWORK_BYTES = 8;

  /** The source of an address in its textual form; a text that is none stands for itself. */
  public static Source of(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return new Source(address);
    }
    try {
      // An IPv4 address written as an IPv6 one becomes what it is.
      InetAddress parsed = InetAddress.getByAddress(bytes);
      if (parsed instanceof Inet4Address) {
        return new Source(parsed.getHostAddress());
      }
      byte[] network = Arrays.copyOf(Arrays.copyOf(bytes, NETWORK_BYTES), bytes.length);
      return new Source(NetUtil.toAddressString(InetAddress.getByAddress(network)) + "/64");
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
