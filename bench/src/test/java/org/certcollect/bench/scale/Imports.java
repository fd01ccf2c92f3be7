package org.certcollect.bench.scale;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Imports by {@code bench/generate | certcollect import -}, and their figures, which stay with the
 * store for later runs.
 */
final class Imports {
  static final String TABLE = "Import, generated on the same cores";

  /** Bytes that the generator writes only after it has made its certificates. */
  private static final int WARM = 2 << 20;

  private final Path root;

  Imports(Path root) {
    this.root = root;
  }

  /** Fills the store unless it is filled, and adds the figures. */
  void fill(KeptStore store, Figures figures) throws IOException, InterruptedException {
    Path done = done(store.folder());
    if (!Files.exists(done)) {
      List<String> lines = fill(store);
      store.settle();
      Files.write(done, lines);
    }
    Map<String, String> found =
        Files.readAllLines(done).stream()
            .map(line -> line.split("\t", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    for (String name : List.of("orders/s", "RssAnon MiB", "RssFile MiB")) {
      double value = Double.parseDouble(found.getOrDefault(name, "NaN"));
      figures.add(TABLE, store.subject(), name, value);
    }
    figures.add(TABLE, store.subject(), "database MiB", store.bytes() / 1048576.0);
  }

  /** Whether a folder has a completely imported store. */
  static boolean isFilled(Path folder) {
    return Files.exists(done(folder));
  }

  private static Path done(Path folder) {
    return folder.resolve("imported.tsv");
  }

  private List<String> fill(KeptStore store) throws IOException, InterruptedException {
    long orders = store.subject().orders();
    Process generator =
        new ProcessBuilder(root.resolve("bench/generate").toString(), String.valueOf(orders))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream from = generator.getInputStream()) {
      byte[] first = from.readNBytes(WARM);
      long start = System.nanoTime();
      Process process =
          LauncherCommand.of(root, store.data(), "import", "-")
              .redirectErrorStream(true)
              .redirectOutput(store.folder().resolve("import.log").toFile())
              .start();
      MemoryWatch memory = new MemoryWatch();
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(() -> send(first, from, process.getOutputStream()));
      memory.untilItEnds(process);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (process.exitValue() != 0) {
        throw new IOException(Files.readString(store.folder().resolve("import.log")));
      }
      sent.join();
      return List.of(
          "orders/s\t" + orders / seconds,
          "RssAnon MiB\t" + memory.anonymousMib(),
          "RssFile MiB\t" + memory.fileMib());
    } finally {
      generator.destroy();
    }
  }

  private static void send(byte[] first, InputStream rest, OutputStream to) {
    try (to) {
      to.write(first);
      rest.transferTo(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
