package org.certcollect.bench.compare;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A server in a workload.
 *
 * @param targets the load client's list of requests
 * @param jvm where it is one, which needs to warm up
 */
record Contender(
    String name, int port, Path targets, ServerProcesses processes, Optional<Process> jvm) {
  static final String CERTCOLLECT = "certcollect";
  static final String NGINX = "nginx";
  static final String NGINX_WITHOUT_LOG = "nginx without log";
}
