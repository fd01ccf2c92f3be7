package org.certcollect.store.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The URL of a receiver of push notifications. It has no user, password or fragment, and its host
 * has one reading only: a number in place of an address, such as {@code 2130706433} or {@code
 * 127.1}, is refused.
 *
 * @param value the URL in visible ASCII characters
 */
public record PushUrl(String value) {
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_PORT = 65_535;
  private static final String NUMBER = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final String IPV4 = NUMBER + "(\\." + NUMBER + "){3}";

  /**
   * @throws IllegalArgumentException if it is no such URL; the message does not repeat it
   */
  public PushUrl {
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a push URL must have at most " + MAX_LENGTH + " characters");
    }
    if (value.isEmpty() || value.matches("(?s).*[\\s\\p{Cntrl}].*")) {
      throw new IllegalArgumentException(
          "a push URL must not be empty, and must have no blank or control character");
    }
    if (!value.matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "a push URL must be ASCII: write its host as xn--..., and other characters as %..");
    }
    check(parse(value));
  }

  private static URI parse(String value) {
    try {
      return new URI(value);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the push URL cannot be read: " + e.getReason(), e);
    }
  }

  private static void check(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException("a push URL must begin with https:// or http://");
    }
    if (uri.getRawUserInfo() != null || String.valueOf(uri.getRawAuthority()).contains("@")) {
      throw new IllegalArgumentException(
          "a push URL must have no user or password: give them apart from it, as --user and"
              + " --password-file or as user and password of the API");
    }
    if (uri.getRawFragment() != null) {
      throw new IllegalArgumentException("a push URL must have no fragment");
    }
    String host = uri.getHost();
    if (host == null || !isHost(host)) {
      throw new IllegalArgumentException(
          "the host of a push URL must be a name, an IPv4 address like 192.0.2.1 or an IPv6 address"
              + " like [2001:db8::1]");
    }
    if (uri.getPort() > MAX_PORT || uri.getPort() == 0 || uri.getRawAuthority().endsWith(":")) {
      throw new IllegalArgumentException("the port of a push URL must be 1 to " + MAX_PORT);
    }
  }

  private static boolean isHost(String host) {
    if (host.startsWith("[")) {
      return !host.contains("%");
    }
    String last = host.substring(host.lastIndexOf('.') + 1);
    return !last.isEmpty() && (!Character.isDigit(last.charAt(0)) || host.matches(IPV4));
  }

  private URI uri() {
    return URI.create(value);
  }

  public boolean secure() {
    return uri().getScheme().equalsIgnoreCase("https");
  }

  /** The name or address, an IPv6 address without its brackets. */
  public String host() {
    String host = uri().getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  public int port() {
    int port = uri().getPort();
    return port > 0 ? port : secure() ? 443 : 80;
  }

  /** The host with its port, as it is written in the URL. */
  public String authority() {
    return uri().getRawAuthority();
  }

  /** The scheme, host and port, without the path, which may be secret. */
  public String origin() {
    return uri().getScheme().toLowerCase(Locale.ROOT) + "://" + authority();
  }

  /** The path with the query, as it is requested. */
  public String path() {
    String path = uri().getRawPath().isEmpty() ? "/" : uri().getRawPath();
    return uri().getRawQuery() == null ? path : path + "?" + uri().getRawQuery();
  }
}
