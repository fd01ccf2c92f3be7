package org.certcollect.server.collect;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.certcollect.admin.audit.AuditEntry;
import org.certcollect.server.auth.RefusalReason;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.store.CheckResult;

/**
 * A party that records each request before its answer leaves. Called by many threads, and must not
 * block for long.
 */
@FunctionalInterface
public interface RequestRecorder {
  /** A recorder that keeps nothing. */
  RequestRecorder NONE = request -> CompletableFuture.completedFuture(null);

  /**
   * Records a request.
   *
   * @return completes when it is recorded; if it fails, which it does within seconds, the client
   *     gets another answer
   */
  CompletableFuture<Void> record(AnsweredRequest request);

  /**
   * Records a request of the admin API that is no change of the store, on the caller's thread.
   *
   * @param reason why it was refused; the refusals of a stranger who sends many are only counted
   * @throws org.certcollect.admin.audit.AuditException if that is not possible; then the client
   *     gets another answer
   */
  default void record(AuditEntry entry, RequestSource source, Optional<RefusalReason> reason) {}

  /** The time for which the oldest record has waited that may not be on the disk yet. */
  default Duration lag() {
    return Duration.ZERO;
  }

  /** The name of this server in the records; empty if there are none. */
  default Optional<String> node() {
    return Optional.empty();
  }

  /** Whether requests can be recorded now. It may block, and does not throw. */
  default CheckResult check() {
    return CheckResult.OK;
  }
}
