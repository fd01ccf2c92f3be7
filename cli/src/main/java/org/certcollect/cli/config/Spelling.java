package org.certcollect.cli.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the name that a misspelt name stands for. */
public final class Spelling {
  private Spelling() {}

  /** The candidate nearest to a name; empty if none is near. */
  public static Optional<String> closest(String name, List<String> candidates) {
    int maxDistance = Math.max(1, name.length() / 4);
    return candidates.stream()
        .filter(candidate -> distance(name, candidate) <= maxDistance)
        .min(Comparator.comparing(candidate -> distance(name, candidate)));
  }

  /** The Levenshtein distance: insertions, deletions and replacements between two words. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
