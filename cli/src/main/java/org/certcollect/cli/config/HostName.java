package org.certcollect.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.admin.audit.AuditConfig;

/** The name of this host, as far as it may be that of a node. */
final class HostName {
  private HostName() {}

  /** The host's name without its domain, or {@code node} if it has none that fits. */
  static String asNode() {
    return asNode(Path.of("/proc/sys/kernel/hostname"));
  }

  /**
   * The name of a node, from the file in which the kernel tells that of the host. {@code
   * InetAddress.getLocalHost()} would look up the host's address, too, and so each verb would wait
   * for a DNS server that is away. A self-signed certificate has the full name, which only that
   * look-up tells.
   */
  static String asNode(Path kernel) {
    try {
      String name = Files.readString(kernel).strip().split("\\.", 2)[0];
      return AuditConfig.isNode(name) ? name : "node";
    } catch (IOException e) {
      return "node";
    }
  }
}
