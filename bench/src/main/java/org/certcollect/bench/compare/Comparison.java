package org.certcollect.bench.compare;

import java.util.List;
import java.util.Optional;

/** What all servers did in one workload. */
record Comparison(Workload workload, List<Measurement> measurements) {
  Optional<Measurement> of(String contender) {
    return measurements.stream().filter(m -> m.contender().equals(contender)).findFirst();
  }

  Measurement certcollect() {
    return of(Contender.CERTCOLLECT).orElseThrow();
  }

  Measurement nginx() {
    return of(Contender.NGINX).orElseThrow();
  }

  /** certcollect to nginx. */
  Ratio ratio() {
    return Ratio.of(certcollect(), nginx());
  }
}
