package org.certcollect.server.management;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.certcollect.store.CheckResult;

/**
 * The answer to whether the parts that every request needs work now: the store is really asked. All
 * probes that come during one check, or shortly after, share its result, so that a storm of probes
 * costs one query. Safe for use by many threads.
 */
public final class Readiness implements AutoCloseable {
  private static final Duration FRESH = Duration.ofMillis(250);
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  private final Map<String, Supplier<CheckResult>> checks;
  private final SharedResult<Map<String, CheckResult>> result;

  /**
   * @param checks each part's check, by its name; a check may block, and must not throw
   */
  public Readiness(Map<String, Supplier<CheckResult>> checks) {
    this.checks = new LinkedHashMap<>(checks);
    result = new SharedResult<>("health", () -> each(Supplier::get), FRESH, 0);
  }

  /** The result of each check, no older than a fraction of a second. */
  CompletableFuture<Map<String, CheckResult>> check() {
    return check(MAX_WAIT);
  }

  /** The same; a check that takes longer than a time has failed. */
  CompletableFuture<Map<String, CheckResult>> check(Duration wait) {
    CheckResult late = CheckResult.failed("no answer within " + wait.toMillis() + " ms");
    CompletableFuture<Map<String, CheckResult>> checked = result.get();
    return checked.isDone()
        ? checked
        : checked
            .copy()
            .completeOnTimeout(each(check -> late), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Map<String, CheckResult> each(Function<Supplier<CheckResult>, CheckResult> ask) {
    Map<String, CheckResult> results = new LinkedHashMap<>();
    checks.forEach((name, check) -> results.put(name, ask.apply(check)));
    return results;
  }

  @Override
  public void close() {
    result.close();
  }
}
