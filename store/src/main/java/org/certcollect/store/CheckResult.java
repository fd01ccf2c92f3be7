package org.certcollect.store;

import java.util.Optional;

/**
 * The result of a look at the store: it answers, or it has a problem.
 *
 * @param problem why it does not answer; empty if it does
 */
public record CheckResult(Optional<String> problem) {
  /** The store answers. */
  public static final CheckResult OK = new CheckResult(Optional.empty());

  /** The store cannot serve, for the reason given. */
  public static CheckResult failed(String problem) {
    return new CheckResult(Optional.of(problem));
  }

  public boolean ok() {
    return problem.isEmpty();
  }
}
