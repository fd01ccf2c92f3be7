package org.certcollect.bench.compare;

import java.io.IOException;
import java.nio.file.Path;

/** The program behind {@code bench/run}, which runs it in the root of a checkout. */
public final class Main {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Main() {}

  /** Measures, prints tables, and ends with 0 when all was measured. */
  public static void main(String[] arguments) throws IOException {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(USAGE);
      return;
    }
    Children children = new Children();
    // Also after Ctrl-C.
    Runtime.getRuntime().addShutdownHook(new Thread(children::close));
    Layout layout = new Layout(Path.of("").toAbsolutePath());
    try {
      Session session = new Session(options, layout, children);
      Report report = session.run();
      report.write(layout);
      report.print();
      session.failures().forEach(failure -> System.err.println("not measured: " + failure));
      System.exit(session.failures().isEmpty() ? 0 : FAILED);
    } catch (BenchException e) {
      System.err.println("nothing measured: " + e.getMessage());
      System.exit(FAILED);
    }
  }
}
