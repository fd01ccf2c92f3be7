package org.certcollect.admin.audit;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The check of a chain: that no record was changed, removed, added or moved since it was written,
 * and that all records are there that signed heads tell of. It needs memory for the heads only.
 */
public final class AuditVerifier {
  private static final int MAX_PROBLEMS = 100;

  private final AuditFolder folder;
  private final String chain;
  private final boolean archived;
  private final Map<Long, AuditHead> heads = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
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
   * @param problems what is wrong and where, in the order of the log; at most 100
   */
  public record AuditReport(
      String chain, long records, long first, long last, String lastHash, List<String> problems) {}

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
    List<AuditHead> heads = new ArrayList<>(given);
    folder.head(chain).ifPresent(heads::add);
    verifier.addHeads(heads);
    verifier.read();
    return new AuditReport(
        chain,
        verifier.records,
        verifier.first,
        verifier.last,
        verifier.lastHash,
        List.copyOf(verifier.problems));
  }

  private void addHeads(List<AuditHead> given) {
    PublicKey key = folder.publicKey();
    for (AuditHead head : given) {
      if (!head.node().equals(chain)) {
        continue;
      }
      if (!head.isSignedBy(key)) {
        problem("the head of record %d is not signed by the log's key", head.seq());
      }
      AuditHead other = heads.put(head.seq(), head);
      if (other != null && !other.hash().equals(head.hash())) {
        problem("two heads tell different hashes of record %d", head.seq());
      }
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
      problem("%s: this is no record; it was changed or added", raw.place());
      isUnsure = true;
      return;
    }
    AuditLine line = parsed.get();
    records++;
    boolean changed = !line.isIntact() || !line.node().equals(chain);
    if (changed) {
      problem("%s: record %d was changed", raw.place(), line.seq());
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

  private void checkPlace(String place, AuditLine line, boolean changed) {
    boolean begins = first == 0 && archived;
    long expected = begins ? line.seq() : last + 1;
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
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(String.format(Locale.ROOT, format, values));
    }
  }
}
