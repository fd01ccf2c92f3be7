package org.certcollect.store;

import java.util.Optional;

/**
 * The result of a check of the store: either it answers, or it has a problem.
 *
 * @param problem the reason why the store does not answer; empty if it does
 */
public record CheckResult(Optional<String> problem) {
  /** The result of a store that answers. */
  public static final CheckResult OK = new CheckResult(Optional.empty());

  /** The result of a store that cannot serve, with the reason. */
  public static CheckResult failed(String problem) {
    return new CheckResult(Optional.of(problem));
  }

  public boolean ok() {
    return problem.isEmpty();
  }
}
