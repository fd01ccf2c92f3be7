package org.certcollect.admin.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A reader of the records of all chains, in the order of their time, which finds what is written
 * later as well. It verifies nothing. Not safe for use by many threads.
 */
public final class AuditReader implements AutoCloseable {
  private static final Comparator<AuditLine> BY_TIME =
      Comparator.comparing(AuditLine::time).thenComparing(AuditLine::seq);

  private final AuditFolder folder;
  private final AuditFilter filter;
  private final Map<String, AuditTail> tails = new HashMap<>();
  private final Map<String, AuditLine> waiting = new HashMap<>();

  /**
   * A choice of records.
   *
   * @param refused whether only refusals are wanted
   */
  public record AuditFilter(
      OptionalLong order, Optional<String> login, Optional<Instant> since, boolean refused) {
    private boolean takes(AuditLine line) {
      return (order.isEmpty() || line.number("order").equals(order))
          && (login.isEmpty() || line.text("login").equals(login))
          && (!refused || line.fields().containsKey("reason"))
          && (since.isEmpty() || isSince(line, since.get()));
    }

    private static boolean isSince(AuditLine line, Instant since) {
      try {
        return !Instant.parse(line.time()).isBefore(since);
      } catch (DateTimeException e) {
        return true;
      }
    }
  }

  public AuditReader(AuditFolder folder, AuditFilter filter) {
    this.folder = folder;
    this.filter = filter;
  }

  /**
   * The next record.
   *
   * @return empty if there is none yet; a later call looks again
   */
  public Optional<AuditLine> next() {
    for (String chain : tails.isEmpty() || waiting.isEmpty() ? folder.chains() : tails.keySet()) {
      if (!waiting.containsKey(chain)) {
        AuditTail tail =
            tails.computeIfAbsent(chain, name -> new AuditTail(() -> folder.segments(name)));
        read(tail).ifPresent(line -> waiting.put(chain, line));
      }
    }
    Optional<Map.Entry<String, AuditLine>> first =
        waiting.entrySet().stream().min(Map.Entry.comparingByValue(BY_TIME));
    first.ifPresent(entry -> waiting.remove(entry.getKey()));
    return first.map(Map.Entry::getValue);
  }

  private Optional<AuditLine> read(AuditTail tail) {
    Optional<AuditTail.RawLine> raw = tail.next();
    while (raw.isPresent()) {
      Optional<AuditLine> line = AuditLine.parse(raw.get().bytes()).filter(filter::takes);
      if (line.isPresent()) {
        return line;
      }
      raw = tail.next();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    tails.values().forEach(AuditTail::close);
  }
}
