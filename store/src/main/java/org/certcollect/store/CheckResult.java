package org.certcollect.store;

import java.util.Optional;

/**
 * Whether the store can be reached and answers.
 *
 * @param problem why not; empty when all is well
 */
public record CheckResult(Optional<String> problem) {
  /** All is well. */
  public static final CheckResult OK = new CheckResult(Optional.empty());

  /** The store cannot serve, for the reason given. */
  public static CheckResult failed(String problem) {
    return new CheckResult(Optional.of(problem));
  }

  public boolean ok() {
    return problem.isEmpty();
  }
}
