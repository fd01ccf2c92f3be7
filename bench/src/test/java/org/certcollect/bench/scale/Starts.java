package org.certcollect.bench.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long {@code serve} takes until it says where it listens, stores in turns. */
final class Starts {
  static final String TABLE = "Start of serve until it is ready";

  private final Path root;
  private final int rounds;

  Starts(Path root, int rounds) {
    this.root = root;
    this.rounds = rounds;
  }

  void measure(List<KeptStore> kept, Figures figures) throws IOException, InterruptedException {
    Map<Subject, Durations> durations = new HashMap<>();
    for (KeptStore store : kept) {
      giveKey(store.data());
    }
    for (int round = -1; round < rounds; round++) {
      for (KeptStore store : kept) {
        long nanos = start(store);
        if (round >= 0) {
          durations.computeIfAbsent(store.subject(), unused -> new Durations()).add(nanos);
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

  /** The generated codes are hashes of nothing, but no server starts without their key. */
  private static void giveKey(Path data) throws IOException {
    Path key = data.resolve("collection-codes.key");
    if (!Files.exists(key)) {
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(key, new byte[32]);
    }
  }

  private long start(KeptStore store) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        Certcollect.of(root, store.data(), "serve", "--https-port", "0", "--http-port", "0")
            .redirectError(store.folder().resolve("serve.log").toFile())
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      long nanos = System.nanoTime() - start;
      if (line == null || !line.startsWith("https://")) {
        throw new IOException("serve said " + line + "; see serve.log in " + store.folder());
      }
      return nanos;
    } finally {
      process.destroy();
      process.waitFor();
    }
  }
}
