package org.certcollect.server.push;

import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.server.http.Proxies;
import org.certcollect.store.domain.PushUrl;

/**
 * The addresses that push notifications may go to: public ones by HTTPS, and those in the networks
 * that the operator names by HTTP as well.
 */
record PushAddresses(List<IpSubnetFilterRule> networks) {
  /** Networks whose hosts are not public (the special-purpose registries of RFC 6890). */
  private static final List<IpSubnetFilterRule> SPECIAL =
      rules(
          Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20"));

  /** All global unicast addresses of IPv6. */
  private static final List<IpSubnetFilterRule> GLOBAL = rules(Stream.of("2000::/3"));

  /** The addresses that stand for one of IPv4 behind a translator (RFC 6052). */
  private static final List<IpSubnetFilterRule> TRANSLATED = rules(Stream.of("64:ff9b::/96"));

  private static final int IPV4_IN_IPV6 = 12;

  static PushAddresses of(List<String> networks) {
    return new PushAddresses(rules(networks.stream()));
  }

  private static List<IpSubnetFilterRule> rules(Stream<String> networks) {
    return networks.map(Proxies::rule).toList();
  }

  /**
   * The addresses of a receiver. They are those to connect to: another look-up may give others.
   *
   * @throws PushException if there are none, or one of them is not allowed
   */
  List<InetAddress> resolve(PushUrl url, HostLookUps lookUps, Duration atMost) {
    List<InetAddress> addresses = lookUps.find(url.host(), atMost);
    for (InetAddress address : addresses) {
      Optional<String> problem = problem(url, address);
      if (problem.isPresent()) {
        throw new PushException(PushOutcome.FORBIDDEN, problem.get());
      }
    }
    return addresses;
  }

  /**
   * The reason for which nothing can ever be sent to a URL, if it is in the URL itself: its host is
   * an address that is not allowed, or HTTP is allowed to none.
   */
  Optional<String> problem(PushUrl url) {
    Optional<InetAddress> literal =
        Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(url.host()));
    if (literal.isPresent()) {
      return literal.flatMap(address -> problem(url, address));
    }
    return url.secure() || !networks.isEmpty()
        ? Optional.empty()
        : Optional.of("HTTP without TLS is allowed in no network; push.networks can allow it");
  }

  private Optional<String> problem(PushUrl url, InetAddress address) {
    if (isIn(networks, address) || (url.secure() && isPublic(address))) {
      return Optional.empty();
    }
    return Optional.of(
        (isPublic(address)
                ? "HTTP without TLS is not allowed to "
                : "the host leads to an address that is not public, ")
            + address.getHostAddress()
            + "; push.networks can allow it");
  }

  static boolean isPublic(InetAddress address) {
    if (isIn(TRANSLATED, address)) {
      byte[] bytes = address.getAddress();
      return isPublic(ipv4(Arrays.copyOfRange(bytes, IPV4_IN_IPV6, bytes.length)));
    }
    return !isIn(SPECIAL, address)
        && (address instanceof Inet4Address || isIn(GLOBAL, address))
        && !address.isMulticastAddress();
  }

  private static InetAddress ipv4(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of IPv4 has 4 bytes", e);
    }
  }

  private static boolean isIn(List<IpSubnetFilterRule> networks, InetAddress address) {
    InetSocketAddress any = new InetSocketAddress(address, 0);
    return networks.stream().anyMatch(network -> network.matches(any));
  }
}
