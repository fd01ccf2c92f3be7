package org.certcollect.store;

import java.util.List;

/** A party that is told of each change, and of each certificate handed out, before it happens. */
@FunctionalInterface
public interface ChangeAuditor {
  /** Makes ready for a transaction before it begins, and does here all that takes time. */
  default void begin() {}

  /**
   * Records changes that are about to happen. If this throws, they do not happen. A change that is
   * recorded and then cannot be committed is recorded again, with {@link ChangeRecord#failed}.
   */
  void record(List<ChangeRecord> changes);

  /** Takes note that the transaction has ended, in whichever way. */
  default void end() {}
}
