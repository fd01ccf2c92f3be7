package org.certcollect.admin.transfer;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.certcollect.store.x509.ChainWarnings.Kind;
import org.certcollect.store.x509.ChainWarnings.Warning;

/** The warnings about the chains of an import, counted by kind. Safe for use by many threads. */
final class ChainNotes {
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

  /** Counts the warnings about a certificate at a place in the input. */
  synchronized void add(List<Warning> warnings, long place) {
    warnings.forEach(
        warning -> notes.merge(warning.kind(), new Note(1, place, warning.sentence()), Note::and));
  }

  /** One sentence for each kind of warning, with the first certificate of the kind. */
  synchronized List<String> summary() {
    return notes.values().stream().map(Note::text).toList();
  }
}
