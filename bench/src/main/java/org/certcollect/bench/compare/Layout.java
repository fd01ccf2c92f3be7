package org.certcollect.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where everything is in the checkout. What a run writes is below target/bench. */
record Layout(Path root) {
  Path launcher() {
    return root.resolve("certcollect");
  }

  Path generator() {
    return root.resolve("bench/generate");
  }

  Path script() {
    return root.resolve("bench/php/collect.php");
  }

  Path target() {
    return root.resolve("target/bench");
  }

  Path loadClient() {
    return target().resolve("load");
  }

  /** What is said by the programs that a run starts. */
  Path log(String name) {
    return target().resolve(name + ".log");
  }

  /** A folder for this run alone. */
  Path fresh(String name) {
    Path folder = target().resolve(name);
    try {
      delete(folder);
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
