package org.certcollect.server.collect;

import java.util.concurrent.CompletableFuture;
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

  /** Whether requests can be recorded now. It may block, and does not throw. */
  default CheckResult check() {
    return CheckResult.OK;
  }
}
