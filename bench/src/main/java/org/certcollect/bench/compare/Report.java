package org.certcollect.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What a run tells: tables on stdout, and as files in target/bench. */
record Report(Results results, List<String> facts) {
  private static final String LEGEND =
      "ratio: certcollect to nginx in requests a second. With a *, a server's core was under 95 %"
          + " busy,\nso that the client, or PostgreSQL beside it, was the bound: then in requests"
          + " for each second of the server's CPU time.\n";

  void print() {
    String start = results.start().map(line -> line + "\n").orElse("");
    System.out.println(results.ratios().text());
    System.out.println(results.details().text());
    System.out.println(start + LEGEND);
    facts.forEach(System.out::println);
    System.out.flush();
  }

  void write(Layout layout) throws IOException {
    Files.writeString(layout.target().resolve("ratios.tsv"), results.forPrograms().tabSeparated());
    StringBuilder text = new StringBuilder();
    facts.forEach(fact -> text.append("- ").append(fact).append('\n'));
    text.append('\n').append(results.ratios().markdown());
    text.append('\n').append(LEGEND);
    results.start().ifPresent(line -> text.append('\n').append(line).append('\n'));
    text.append('\n').append(results.details().markdown());
    Files.writeString(layout.target().resolve("report.md"), text);
  }
}
