package org.certcollect.admin.audit;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The check of a chain: that no record was changed, removed, added or moved since it was written,
 * and that all records are there that signed heads tell of. It needs memory for the heads only.
 */
public final class AuditVerifier {
  private static final int MAX_PROBLEMS = 100;

  /** The problems that are told each, of those that a swapped file has in every line. */
  private static final int MAX_ALIKE = 3;

  private final AuditFolder folder;
  private final String chain;
  private final boolean archived;
  private final Map<Long, AuditHead> heads = new HashMap<>();
  private final Map<String, Alike> problems = new LinkedHashMap<>();
  private long moreProblems;
  private final List<String> repairs = new ArrayList<>();
  private long repairCount;
  private long records;
  private long first;
  private long last;
  private String lastHash = AuditLine.NO_HASH;
  private boolean isUnsure;

  /**
   * The result for one chain.
   *
   * @param records the number of records
   * @param first number of the first record; 0 if there is none
   * @param last number of the last record; 0 if there is none
   * @param lastHash the hash of the last record
   * @param problems what is wrong and where: at most 100 and the number of the others; of records
   *     that belong to another chain, and lines that are none, three in each file and their number
   * @param repairs the records of lines that a crash has cut off, and of failures of the disk: at
   *     most 100 and the number of the others
   */
  public record AuditReport(
      String chain,
      long records,
      long first,
      long last,
      String lastHash,
      List<String> problems,
      List<String> repairs) {
    /** The result for something of which no record could be read. */
    public static AuditReport failed(String chain, String problem) {
      return new AuditReport(chain, 0, 0, 0, "", List.of(problem), List.of());
    }
  }

  /** The problems of one kind. */
  private static final class Alike {
    private final List<String> first = new ArrayList<>();
    private long count;

    private Stream<String> told() {
      return count == first.size()
          ? first.stream()
          : Stream.concat(
              first.stream(),
              Stream.of((count - first.size()) + " more like this: " + first.get(0)));
    }
  }

  private AuditVerifier(AuditFolder folder, String chain, boolean archived) {
    this.folder = folder;
    this.chain = chain;
    this.archived = archived;
  }

  /**
   * Verifies a chain.
   *
   * @param given heads of any chains that were kept apart from the log
   * @param archived whether the log may begin with a later record than the first
   */
  public static AuditReport verify(
      AuditFolder folder, String chain, List<AuditHead> given, boolean archived) {
    AuditVerifier verifier = new AuditVerifier(folder, chain, archived);
    try {
      PublicKey key = folder.publicKey();
      given.stream()
          .filter(head -> head.node().equals(chain))
          .forEach(head -> verifier.addHead(head, key));
      verifier.addHead(folder.head(chain, key), key);
    } catch (AuditException e) {
      verifier.problem("%s", e.getMessage());
    }
    try {
      verifier.read();
    } catch (AuditException e) {
      verifier.problem("%s", e.getMessage());
    }
    List<String> problems = verifier.problems.values().stream().flatMap(Alike::told).toList();
    return new AuditReport(
        chain,
        verifier.records,
        verifier.first,
        verifier.last,
        verifier.lastHash,
        limited(problems, problems.size() + verifier.moreProblems),
        limited(verifier.repairs, verifier.repairCount));
  }

  private static List<String> limited(List<String> lines, long count) {
    return Stream.concat(
            lines.stream().limit(MAX_PROBLEMS),
            Stream.of((count - MAX_PROBLEMS) + " more lines are not shown")
                .limit(count > MAX_PROBLEMS ? 1 : 0))
        .toList();
  }

  private void addHead(AuditHead head, PublicKey key) {
    if (!head.isSignedBy(key)) {
      problem("the head of record %d that was given is not signed by the log's key", head.seq());
    }
    AuditHead other = heads.putIfAbsent(head.seq(), head);
    if (other != null && !other.hash().equals(head.hash())) {
      problem(
          "two signed heads tell different hashes of record %d: the log was begun anew or an older"
              + " copy of it was put in its place",
          head.seq());
    }
  }

  private void read() {
    // The files there are now: a server may write on.
    try (AuditTail tail = AuditTail.of(folder.segments(chain))) {
      for (Optional<AuditTail.RawLine> line = tail.next(); line.isPresent(); line = tail.next()) {
        check(line.get());
      }
    }
    heads.values().stream()
        .filter(head -> head.seq() > last)
        .mapToLong(AuditHead::seq)
        .max()
        .ifPresent(
            named ->
                problem(
                    "the end is missing: the log ends with record %d, and a signed head names %d",
                    last, named));
  }

  private void check(AuditTail.RawLine raw) {
    Optional<AuditLine> parsed = AuditLine.parse(raw.bytes());
    if (parsed.isEmpty()) {
      add(raw.file().toString(), raw.place() + ": this is no record; it was changed or added");
      isUnsure = true;
      return;
    }
    AuditLine line = parsed.get();
    records++;
    boolean changed = !line.isIntact() || !line.node().equals(chain);
    if (!line.isIntact()) {
      problem("%s: record %d was changed", raw.place(), line.seq());
    } else if (changed) {
      add(
          raw.file() + line.node(),
          "%s: record %s is one of the chain %s"
              .formatted(raw.place(), Long.toString(line.seq()), line.node()));
    } else {
      checkEvent(raw.place(), line);
    }
    checkPlace(raw.place(), line, changed);
    AuditHead head = heads.get(line.seq());
    if (head != null && !head.hash().equals(line.hash())) {
      problem(
          "%s: record %d is not the one that a signed head names; records up to it were replaced",
          raw.place(), line.seq());
    }
    if (first == 0) {
      first = line.seq();
    }
    if (line.seq() > last || last == 0) {
      last = line.seq();
      lastHash = line.hash();
    }
    isUnsure = changed;
  }

  /** Tells of what the writer of the chain has found at its end. */
  private void checkEvent(String place, AuditLine line) {
    String event = line.text("event").orElse("");
    String told =
        place + ": record " + line.seq() + " tells: " + line.text("problem").orElse("no problem");
    if (event.equals(AuditLog.DAMAGED)) {
      problem("%s", told);
    } else if (event.equals(AuditLog.REPAIRED) || event.equals(AuditLog.UNSYNCED)) {
      repairCount++;
      if (repairCount <= MAX_PROBLEMS) {
        repairs.add(told);
      }
    }
  }

  private void checkPlace(String place, AuditLine line, boolean changed) {
    boolean begins = first == 0 && archived;
    long expected = begins ? line.seq() : last + 1;
    AuditHead before = begins ? heads.get(line.seq() - 1) : null;
    if (before != null) {
      // The head of the archived part tells what has to follow.
      lastHash = before.hash();
      begins = false;
    }
    if (line.seq() > expected) {
      problem(
          "%s: %s missing before this record",
          place,
          expected == line.seq() - 1
              ? "record " + expected + " is"
              : "records " + expected + " to " + (line.seq() - 1) + " are");
    } else if (line.seq() < expected) {
      problem(
          "%s: record %d stands after record %d; it was moved or added", place, line.seq(), last);
    } else if (!changed && !isUnsure && !begins && !line.prev().equals(lastHash)) {
      problem(
          "%s: record %d does not follow the record before it; one of them was replaced",
          place, line.seq());
    }
  }

  private void problem(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    add(text, text);
  }

  private void add(String kind, String text) {
    if (problems.size() == MAX_PROBLEMS && !problems.containsKey(kind)) {
      moreProblems++;
      return;
    }
    Alike alike = problems.computeIfAbsent(kind, unused -> new Alike());
    alike.count++;
    if (alike.first.size() < MAX_ALIKE) {
      alike.first.add(text);
    }
  }
}
