package org.certcollect.cli.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks addresses and networks in CIDR notation, without ever asking a name server. */
final class Networks {
  private static final Pattern NETWORK = Pattern.compile("([0-9A-Fa-f.:]+)(?:/([0-9]{1,3}))?");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private Networks() {}

  static boolean isNetwork(String text) {
    Matcher network = NETWORK.matcher(text);
    if (!network.matches()) {
      return false;
    }
    String address = network.group(1);
    // Anything else would be looked up as a host name.
    if (!address.contains(":") && !IPV4.matcher(address).matches()) {
      return false;
    }
    try {
      int bits = InetAddress.getByName(address).getAddress().length * 8;
      return network.group(2) == null || Integer.parseInt(network.group(2)) <= bits;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
