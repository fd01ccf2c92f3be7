package org.certcollect.cli.transfer;

import java.nio.file.Path;
import java.util.Optional;
import org.certcollect.cli.verb.Converters;
import org.certcollect.store.domain.Product;
import org.certcollect.store.x509.UnknownAlgorithms;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code import}. */
final class ImportOptions {
  /** The maximum batch: two of them fit in the heap that the launcher gives. */
  static final int MAX_BATCH = 50_000;

  private static final String STDIN = "-";
  private static final int CHUNK = 1_000;

  @Parameters(
      paramLabel = "FILE|-|FOLDER",
      description = "JSON Lines, - for stdin, or a folder of files named like 1234.pem.")
  private String input = STDIN;

  @Option(names = "--dry-run", description = "Print what would be imported, and change nothing.")
  boolean dryRun;

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description = "File for the rejected records, with line numbers and reasons.")
  Optional<Path> rejects = Optional.empty();

  @Option(
      names = "--account",
      paramLabel = "LOGIN",
      description = "For a folder: login of the orders' account.")
  Optional<String> account = Optional.empty();

  @Option(
      names = "--product",
      paramLabel = "ssl|ccc",
      completionCandidates = Converters.ProductWords.class,
      description = "For a folder: product of the orders, ssl or ccc.")
  Optional<Product> product = Optional.empty();

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "6000",
      description = "Records per transaction, 1 to " + MAX_BATCH + " (default: 6000).")
  int batch = 6_000;

  @Option(
      names = "--unverified",
      description = "Accept certificates whose signature algorithm certcollect does not know.")
  private boolean unverified;

  UnknownAlgorithms unknownAlgorithms() {
    return unverified ? UnknownAlgorithms.ACCEPT : UnknownAlgorithms.REFUSE;
  }

  boolean isStdin() {
    return input.equals(STDIN);
  }

  Path path() {
    return Path.of(input);
  }

  /** The maximum number of records in a chunk, which one thread works on. */
  int chunk() {
    return Math.min(batch, CHUNK);
  }

  /** The maximum number of chunks in one transaction. */
  int chunks() {
    return batch / chunk();
  }
}
