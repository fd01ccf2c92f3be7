package org.certcollect.cli.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.certcollect.admin.audit.AuditConfig;

/** The name of this host, as far as it may be that of a node. */
final class HostName {
  private HostName() {}

  /** The host's name without its domain, or {@code node} if it has none that fits. */
  static String asNode() {
    try {
      String name = InetAddress.getLocalHost().getHostName().split("\\.", 2)[0];
      return AuditConfig.isNode(name) ? name : "node";
    } catch (UnknownHostException e) {
      return "node";
    }
  }
}
