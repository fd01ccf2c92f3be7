package org.certcollect.bench.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The program behind {@code bench/scale}: stores with few and many orders, side by side. */
public final class Scale {
  private static final long MIN_ORDERS = 10;
  private static final int ROUNDS_OF_READS = 20;
  private static final int ROUNDS_OF_COLLECTS = 20;
  private static final int ROUNDS_OF_STARTS = 9;

  private final Options options;
  private final Path folders;
  private final Figures figures = new Figures();

  private Scale(Options options) {
    this.options = options;
    this.folders = options.root().resolve("target/bench/scale");
  }

  /** Prints a summary and all figures as Markdown, and writes them to target/bench/scale.tsv. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(Path.of(System.getProperty("bench.root", ".")), arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    Scale scale = new Scale(options);
    for (Engine engine : options.engines()) {
      scale.measure(engine);
    }
    Files.writeString(options.root().resolve("target/bench/scale.tsv"), scale.figures.tsv());
    System.out.print(new ScaleSummary(scale.figures).markdown() + "\n" + scale.figures.markdown());
  }

  private void measure(Engine engine) throws IOException, InterruptedException {
    List<KeptStore> stores = new ArrayList<>();
    try {
      KeptStore ten = open(new Subject(engine, MIN_ORDERS));
      stores.add(ten);
      for (long count : options.counts()) {
        if (count != MIN_ORDERS) {
          stores.add(open(new Subject(engine, count)));
        }
      }
      List<KeptStore> counted = stores.subList(stores.size() > 1 ? 1 : 0, stores.size());
      say(engine + ": reads");
      new ReadTimes(ROUNDS_OF_READS).measure(counted, figures);
      say(engine + ": collects");
      new CollectTimes(options.root(), ROUNDS_OF_COLLECTS).measure(counted, figures);
      say(engine + ": lists");
      counted.forEach(store -> ListTimes.measure(store, figures));
      say(engine + ": starts");
      new StartTimes(options.root(), ROUNDS_OF_STARTS).measure(stores, figures);
    } finally {
      stores.forEach(KeptStore::close);
    }
  }

  /** The store of an earlier run, or a new one; an incomplete one is removed. */
  private KeptStore open(Subject subject) throws IOException, InterruptedException {
    Path folder = folders.resolve(subject.engine() + "-" + subject.orders());
    if (!Imports.isFilled(folder)) {
      remove(folder);
      say(
          String.format(
              Locale.ROOT, "%s: importing %,d orders", subject.engine(), subject.orders()));
    }
    Files.createDirectories(folder);
    KeptStore store = KeptStore.in(folders, subject);
    try {
      new Imports(options.root()).fill(store, figures);
    } catch (IOException | InterruptedException | RuntimeException e) {
      store.close();
      throw e;
    }
    return store;
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted(Comparator.reverseOrder())
            .forEach(
                path -> {
                  try {
                    Files.delete(path);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
      }
    }
  }

  private static void say(String text) {
    System.err.println("scale: " + text);
  }
}
