package org.certcollect.store;

import java.util.List;

/** A party that is told of changes, and of what is handed out, before that happens. */
@FunctionalInterface
public interface ChangeAuditor {
  /** Makes ready for a transaction, before it begins: what takes time is done here. */
  default void begin() {}

  /**
   * Records what is about to happen. If this throws, it does not happen. A change that is recorded
   * and then cannot be committed is recorded again, with {@link ChangeRecord#failed}.
   */
  void record(List<ChangeRecord> changes);

  /** The transaction has ended, however it ended. */
  default void end() {}
}
