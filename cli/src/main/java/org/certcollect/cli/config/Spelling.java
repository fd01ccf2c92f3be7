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

  /** The number of letters to insert, delete or replace, and of neighbours to swap. */
  private static int distance(String a, String b) {
    int[][] best = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          best[i][j] = i + j;
          continue;
        }
        int replaced = best[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        best[i][j] = Math.min(replaced, Math.min(best[i - 1][j], best[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best[i][j] = Math.min(best[i][j], best[i - 2][j - 2] + 1);
        }
      }
    }
    return best[a.length()][b.length()];
  }
}
