package org.certcollect.bench.scale;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments of bench/scale.
 *
 * @param root the folder of the checkout
 * @param counts the numbers of orders of the stores, the smallest first
 */
record Options(Path root, List<Long> counts, List<Engine> engines) {
  static final String USAGE =
      "usage: bench/scale [--counts \"10000 1000000\"] [--engines \"sqlite postgresql\"]";

  private static final long MOST = 20_000_000;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException when they are not as {@link #USAGE} says
   */
  static Options parse(Path root, String... arguments) {
    List<Long> counts = List.of(10_000L, 1_000_000L, 10_000_000L);
    List<Engine> engines = List.of(Engine.values());
    for (int i = 0; i < arguments.length; i += 2) {
      List<String> words = i + 1 < arguments.length ? words(arguments[i + 1]) : List.of();
      if (words.isEmpty()) {
        throw new IllegalArgumentException(USAGE);
      }
      switch (arguments[i]) {
        case "--counts" -> counts = words.stream().map(Options::count).sorted().toList();
        case "--engines" -> engines = words.stream().map(Engine::of).toList();
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
    return new Options(root, counts, engines);
  }

  private static List<String> words(String argument) {
    return Arrays.stream(argument.split("[ ,]+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static long count(String word) {
    long count = Long.parseLong(word);
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("a count is from 1 to " + MOST + ", not " + word);
    }
    return count;
  }
}
