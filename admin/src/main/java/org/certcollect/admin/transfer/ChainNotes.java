package org.certcollect.admin.transfer;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.certcollect.store.x509.ChainWarnings.Kind;
import org.certcollect.store.x509.ChainWarnings.Warning;

/**
 * The warnings about the chains of an import, counted by kind as soon as the certificates are in
 * the store. Safe for use by many threads.
 */
final class ChainNotes {
  private final Map<Long, List<Warned>> unsettled = new ConcurrentHashMap<>();

  /** The warnings about one certificate, which are counted once, wherever the input has it. */
  static final class Warned {
    private final List<Warning> warnings;
    private boolean isCounted;

    Warned(List<Warning> warnings) {
      this.warnings = warnings;
    }
  }

  private final Map<Kind, Note> notes = new EnumMap<>(Kind.class);

  private record Note(long count, long place, String sentence) {
    Note and(Note other) {
      Note first = place <= other.place ? this : other;
      return new Note(count + other.count, first.place, first.sentence);
    }

    String text() {
      String where = String.format(Locale.ROOT, "line or file %,d of the input: ", place);
      return count == 1
          ? "In " + where + sentence
          : String.format(Locale.ROOT, "%,d certificates, for example in ", count)
              + where
              + sentence;
    }
  }

  /** Keeps the warnings about a certificate at a place in the input until that is settled. */
  void add(Warned certificate, long place) {
    if (!certificate.warnings.isEmpty()) {
      unsettled.merge(
          place,
          List.of(certificate),
          (old, more) -> Stream.concat(old.stream(), more.stream()).toList());
    }
  }

  /** Counts the warnings about a place in the input if its record was added to the store. */
  synchronized void settle(long place, boolean isAdded) {
    List<Warned> certificates = unsettled.remove(place);
    if (certificates == null || !isAdded) {
      return;
    }
    for (Warned certificate : certificates) {
      if (!certificate.isCounted) {
        certificate.isCounted = true;
        certificate.warnings.forEach(
            warning ->
                notes.merge(warning.kind(), new Note(1, place, warning.sentence()), Note::and));
      }
    }
  }

  /** One sentence for each kind of warning, with the first certificate of the kind. */
  synchronized List<String> summary() {
    return notes.values().stream().map(Note::text).toList();
  }
}
