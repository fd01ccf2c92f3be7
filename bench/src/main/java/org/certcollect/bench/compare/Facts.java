package org.certcollect.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What figures depend on: the machine, the programs, how it was measured. */
final class Facts {
  private static final String MACHINE =
      """
      sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1
      echo "Linux $(uname -r), $(nproc --all) cores"
      nginx -V 2>&1 | sed -n 's/^nginx version: //p;s/^built with //p' | paste -sd,
      """;

  private Facts() {}

  static List<String> of(Children children, Options options) {
    List<String> facts =
        new ArrayList<>(children.output(List.of("sh", "-c", MACHINE)).strip().lines().toList());
    facts.add(
        String.format(
            Locale.ROOT,
            "%,d orders in SQLite; %d runs of %d s each, the median of them; 64 connections",
            options.orders(),
            options.repetitions(),
            options.seconds()));
    facts.add("TLS 1.3, AES-128-GCM, X25519; the server on core 0, the load client on core 1");
    if (options.workloads().stream().anyMatch(w -> w.stage() == Stage.POSTGRESQL)) {
      facts.add(
          String.format(
              Locale.ROOT,
              "PostgreSQL (the tests' own, %,d orders) runs on core 1, beside the load client",
              options.postgresqlOrders()));
    }
    return facts;
  }

  /** The JDK that a server runs on. */
  static String jdk(Process server, Children children) {
    String java = server.info().command().orElse("java");
    return "certcollect on "
        + children.output(List.of("sh", "-c", "\"$0\" -version 2>&1 | sed -n 2p", java)).strip();
  }
}
