package org.certcollect.server.management;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.certcollect.store.CheckResult;

/**
 * The answer to whether the parts that every request needs work now: the store is really asked. All
 * probes that come during one check, or shortly after, share its result, so that a storm of probes
 * costs one query. Safe for use by many threads.
 */
public final class Readiness implements AutoCloseable {
  private static final Duration FRESH = Duration.ofMillis(250);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Map<String, Supplier<CheckResult>> checks;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(new DefaultThreadFactory("health", true));
  private CompletableFuture<Map<String, CheckResult>> latest =
      CompletableFuture.completedFuture(Map.of());
  private long end = System.nanoTime();

  /**
   * @param checks each part's check, by its name; a check may block, and must not throw
   */
  public Readiness(Map<String, Supplier<CheckResult>> checks) {
    this.checks = new LinkedHashMap<>(checks);
  }

  /** The result of each check, no older than a fraction of a second. */
  synchronized CompletableFuture<Map<String, CheckResult>> check() {
    if (latest.isDone() && System.nanoTime() - end >= 0) {
      end = Long.MAX_VALUE;
      latest =
          CompletableFuture.supplyAsync(this::ask, thread)
              .completeOnTimeout(late(), TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
              .whenComplete((unused, failure) -> ended());
    }
    return latest;
  }

  private synchronized void ended() {
    end = System.nanoTime() + FRESH.toNanos();
  }

  private Map<String, CheckResult> ask() {
    Map<String, CheckResult> results = new LinkedHashMap<>();
    checks.forEach((name, check) -> results.put(name, check.get()));
    return results;
  }

  private Map<String, CheckResult> late() {
    Map<String, CheckResult> results = new LinkedHashMap<>();
    checks
        .keySet()
        .forEach(
            name ->
                results.put(
                    name,
                    CheckResult.failed("no answer within " + TIMEOUT.toSeconds() + " seconds")));
    return results;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
