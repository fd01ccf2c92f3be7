package org.certcollect.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.certcollect.server.auth.MinuteCounter;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.log.LogEvent;

/**
 * The trusted proxies, which tell where a request started out. Without them, that is the peer
 * itself. A trusted proxy names another place in {@code X-Forwarded-For} and {@code
 * X-Forwarded-Proto}. Each proxy appends to these lists, so they are read from their ends, as far
 * as trusted proxies reach. A warning names an untrusted peer that sends such headers: it may be a
 * proxy that the operator forgot. Safe for use by many threads.
 */
public final class Proxies {
  private static final Logger LOG = Logger.getLogger("certcollect.proxy");
  private static final int MAX_WARNED = 1000;
  private static final int MAX_LINES = 10;

  /** The untrusted peers that the log named lately. Strangers can send these headers too. */
  private final Cache<String, Boolean> warned =
      Caffeine.newBuilder().maximumSize(MAX_WARNED).expireAfterWrite(Duration.ofHours(1)).build();

  private final MinuteCounter lines = new MinuteCounter(Ticker.systemTicker());
  private volatile List<IpSubnetFilterRule> trusted;

  /**
   * A proxy's account of a request.
   *
   * @param address the address that the request came from, possibly with a port
   * @param protocol the protocol that it came by
   */
  private record Hop(Optional<String> address, Optional<String> protocol) {}

  /**
   * The place where a request started out.
   *
   * @param address the client's address
   * @param secure whether it went over HTTPS from there
   */
  record Origin(String address, boolean secure) {}

  public Proxies(ProxyConfig config) {
    trusted = rules(config);
  }

  /** Trusts other proxies from the next request on. */
  public void trust(ProxyConfig config) {
    trusted = rules(config);
  }

  private static List<IpSubnetFilterRule> rules(ProxyConfig config) {
    return config.trusted().stream().map(Proxies::rule).toList();
  }

  /** A rule for an address or a network in CIDR notation. */
  public static IpSubnetFilterRule rule(String network) {
    int slash = network.indexOf('/');
    String address = slash < 0 ? network : network.substring(0, slash);
    int bits = NetUtil.isValidIpV6Address(address) ? 128 : 32;
    int prefix = slash < 0 ? bits : Integer.parseInt(network.substring(slash + 1));
    return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
  }

  /** The origin of a request that came from a peer. */
  Origin origin(String peer, boolean secure, MultiMap headers) {
    if (trusted.isEmpty() || !isTrusted(peer)) {
      if (headers.contains("X-Forwarded-For") || headers.contains("X-Forwarded-Proto")) {
        warn(RequestSource.of(peer));
      }
      return new Origin(peer, secure);
    }
    Hop hop =
        origin(
            hops(
                elements(headers.getAll("X-Forwarded-For")),
                elements(headers.getAll("X-Forwarded-Proto"))));
    return new Origin(
        hop.address().orElse(peer), hop.protocol().map("https"::equalsIgnoreCase).orElse(secure));
  }

  private void warn(RequestSource peer) {
    if (warned.asMap().putIfAbsent(peer.name(), true) == null && lines.add() <= MAX_LINES) {
      LogEvent.warning(
              "X-Forwarded-For or X-Forwarded-Proto came from an address that is not in"
                  + " proxy.trusted, and was ignored. If it is your reverse proxy, add it: its"
                  + " clients count as one source. Otherwise a client sent it, which does no harm")
          .with("source", peer.name())
          .to(LOG);
    }
  }

  /**
   * The accounts of all proxies, the farthest first. If there are as many protocols as addresses,
   * they belong together; otherwise the last protocol counts for all.
   */
  private static List<Hop> hops(List<String> addresses, List<String> protocols) {
    if (addresses.size() == protocols.size()) {
      return IntStream.range(0, addresses.size())
          .mapToObj(i -> new Hop(Optional.of(addresses.get(i)), Optional.of(protocols.get(i))))
          .toList();
    }
    Optional<String> last =
        protocols.isEmpty() ? Optional.empty() : Optional.of(protocols.get(protocols.size() - 1));
    return addresses.isEmpty()
        ? List.of(new Hop(Optional.empty(), last))
        : addresses.stream().map(address -> new Hop(Optional.of(address), last)).toList();
  }

  /** The account of the farthest trusted proxy; empty if no proxy gives one. */
  private Hop origin(List<Hop> farthestFirst) {
    List<Hop> nearestFirst = new ArrayList<>(farthestFirst);
    Collections.reverse(nearestFirst);
    Hop last = new Hop(Optional.empty(), Optional.empty());
    for (Hop hop : nearestFirst) {
      Optional<String> address = hop.address().map(Proxies::withoutPort).filter(Proxies::isAddress);
      Hop nearer = last;
      last = new Hop(address.or(nearer::address), hop.protocol().or(nearer::protocol));
      if (address.filter(this::isTrusted).isEmpty()) {
        return last;
      }
    }
    return last;
  }

  /** Whether an address, in its textual form, is one of a trusted proxy. */
  boolean isTrusted(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return false;
    }
    try {
      InetSocketAddress socket = new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
      return trusted.stream().anyMatch(rule -> rule.matches(socket));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  private static boolean isAddress(String text) {
    return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
  }

  /**
   * An address without its port: it may come as {@code 192.0.2.1:4711} and {@code
   * [2001:db8::1]:4711}.
   */
  private static String withoutPort(String address) {
    if (address.startsWith("[")) {
      return address.substring(1, Math.max(1, address.indexOf(']')));
    }
    int colon = address.indexOf(':');
    boolean ipv4WithPort = colon >= 0 && colon == address.lastIndexOf(':');
    return ipv4WithPort ? address.substring(0, colon) : address;
  }

  private static List<String> elements(List<String> headers) {
    return headers.stream()
        .flatMap(header -> Pattern.compile(",").splitAsStream(header))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .toList();
  }
}
