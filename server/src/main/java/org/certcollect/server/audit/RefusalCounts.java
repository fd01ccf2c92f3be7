package org.certcollect.server.audit;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.certcollect.admin.audit.AuditEntry;
import org.certcollect.server.auth.RefusalReason;
import org.certcollect.server.auth.RequestSource;

/**
 * Counts of the refusals of strangers, so that whoever sends many fills neither the disk nor the
 * memory. In each period the first refusals are recorded one by one: a few for each source and
 * reason, and a bounded number in total. The others are recorded as counts when the period ends,
 * those of the busiest sources by source, the rest by reason alone. Safe for use by many threads.
 */
final class RefusalCounts {
  /** The refusals of one source, for one reason, that are recorded one by one in a period. */
  static final int MAX_SINGLE = 10;

  /** All refusals that are recorded one by one in a period. */
  static final int MAX_SINGLE_TOTAL = 200;

  /** The counts that are recorded by source at the end of a period. */
  static final int MAX_BY_SOURCE = 100;

  private static final int MAX_COUNTS = 10_000;

  private final Clock clock;
  private Map<Refusal, Count> counts = new HashMap<>();
  private int singles;

  /**
   * A kind of refusal.
   *
   * @param source empty for all sources that have no count of their own
   */
  private record Refusal(Optional<RequestSource> source, RefusalReason reason) {
    Refusal ofAnySource() {
      return new Refusal(Optional.empty(), reason);
    }
  }

  private static final class Count {
    private int singles;
    private long number;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    void add(long more, Instant from, Instant to) {
      number += more;
      first = from.isBefore(first) ? from : first;
      last = to.isAfter(last) ? to : last;
    }
  }

  RefusalCounts(Clock clock) {
    this.clock = clock;
  }

  /** Whether a refusal is to be recorded by itself; else it was counted. */
  synchronized boolean isSingle(RequestSource source, RefusalReason reason) {
    Refusal refusal = new Refusal(Optional.of(source), reason);
    Count count = find(refusal);
    if (count.singles < MAX_SINGLE && singles < MAX_SINGLE_TOTAL) {
      count.singles++;
      singles++;
      return true;
    }
    count(source, reason);
    return false;
  }

  private Count find(Refusal refusal) {
    Count known = counts.get(refusal);
    if (known == null) {
      Refusal key = counts.size() < MAX_COUNTS ? refusal : refusal.ofAnySource();
      known = counts.computeIfAbsent(key, unused -> new Count());
    }
    return known;
  }

  /** Counts a refusal that could not be recorded by itself. */
  synchronized void count(RequestSource source, RefusalReason reason) {
    Instant now = clock.instant();
    find(new Refusal(Optional.of(source), reason)).add(1, now, now);
  }

  /**
   * Ends the period. If what was counted in it cannot be recorded, it counts for the next period.
   *
   * @param recorder records the entries, or throws an exception
   */
  void end(Consumer<List<AuditEntry>> recorder) {
    Map<Refusal, Count> ended = take();
    try {
      List<AuditEntry> entries = entries(ended);
      if (!entries.isEmpty()) {
        recorder.accept(entries);
      }
    } catch (RuntimeException e) {
      putBack(ended);
      throw e;
    }
  }

  private synchronized Map<Refusal, Count> take() {
    Map<Refusal, Count> ended = counts;
    counts = new HashMap<>();
    singles = 0;
    return ended;
  }

  private synchronized void putBack(Map<Refusal, Count> ended) {
    ended.forEach(
        (refusal, count) -> {
          if (count.number > 0) {
            find(refusal).add(count.number, count.first, count.last);
          }
        });
  }

  private static List<AuditEntry> entries(Map<Refusal, Count> ended) {
    Map<Refusal, Count> told = new HashMap<>();
    List<Map.Entry<Refusal, Count>> busiest =
        ended.entrySet().stream()
            .filter(entry -> entry.getValue().number > 0)
            .sorted(Comparator.comparingLong(entry -> -entry.getValue().number))
            .toList();
    for (Map.Entry<Refusal, Count> entry : busiest) {
      Refusal key = entry.getKey();
      Count count = entry.getValue();
      told.computeIfAbsent(
              told.size() < MAX_BY_SOURCE ? key : key.ofAnySource(), unused -> new Count())
          .add(count.number, count.first, count.last);
    }
    List<AuditEntry> entries = new ArrayList<>();
    told.forEach(
        (key, count) ->
            entries.add(
                new AuditEntry("refusals")
                    .with("source", key.source.map(RequestSource::name).orElse("others"))
                    .with("reason", key.reason)
                    .with("count", count.number)
                    .with("first", count.first)
                    .with("last", count.last)));
    return entries;
  }
}
