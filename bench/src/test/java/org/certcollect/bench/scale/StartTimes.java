package org.certcollect.bench.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The times from the start of {@code serve} until it prints its addresses, stores in turns. */
final class StartTimes {
  static final String TABLE = "Start of serve until it is ready";

  private final Path root;
  private final int rounds;

  StartTimes(Path root, int rounds) {
    this.root = root;
    this.rounds = rounds;
  }

  void measure(List<KeptStore> kept, Figures figures) throws IOException {
    Map<Subject, Durations> durations = new HashMap<>();
    for (int round = -1; round < rounds; round++) {
      for (KeptStore store : kept) {
        try (Serving server = Serving.start(root, store)) {
          if (round >= 0) {
            durations
                .computeIfAbsent(store.subject(), unused -> new Durations())
                .add(server.readyNanos());
          }
        }
      }
    }
    for (KeptStore store : kept) {
      Durations some = durations.getOrDefault(store.subject(), new Durations());
      figures.add(TABLE, store.subject(), "median ms", some.millis(50));
      figures.add(TABLE, store.subject(), "most ms", some.millis(100));
    }
    figures.addRatios(TABLE, "median ms", "ratio");
  }
}
