package org.certcollect.cli.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.certcollect.admin.AccountAdministration;
import org.certcollect.admin.FileException;
import org.certcollect.admin.InputFiles;
import org.certcollect.admin.PrivateFiles;
import org.certcollect.admin.transfer.ImportInput;
import org.certcollect.admin.transfer.Importer;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Texts;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.Converters;
import org.certcollect.cli.verb.OutputFiles;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.cli.verb.UnverifiedOption;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.transfer.BulkLoader;
import org.certcollect.store.transfer.Loader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Check and import accounts, CA certificates, and orders with their certificates.",
      "Records that the store already has are skipped, so an import that stopped can be run"
          + " again. docs/import.md describes the format, which export writes."
    })
public final class Import extends StoreVerb {
  private static final Path STDIN = Path.of("/dev/stdin");

  /**
   * The maximum batch: it fits, with the chunks read ahead, in the heap that the launcher gives.
   */
  private static final int MAX_BATCH = 50_000;

  private static final String INCOMPLETE =
      "The import is done, but the indexes are not complete: the next command or server that opens"
          + " the store builds them.";

  private static final int MAX_LIST = 1 << 20;

  private static final int CHUNK = 1_000;

  @Parameters(
      paramLabel = "FILE|-|FOLDER",
      description = "JSON Lines, - for stdin, or a folder of files named like 1234.pem.")
  private String file = "-";

  @Option(names = "--dry-run", description = "Print what would be imported, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description =
          "File for the rejected records, with line numbers and reasons; - is standard output.")
  private Optional<Path> rejects = Optional.empty();

  @Mixin private final OutputFiles files = OutputFiles.ofOwner();

  @Option(
      names = "--account",
      paramLabel = "LOGIN",
      description = "For a folder: login of the orders' account.")
  private Optional<String> account = Optional.empty();

  @Option(
      names = "--product",
      paramLabel = "ssl|ccc",
      completionCandidates = Converters.ProductWords.class,
      description = "For a folder: product of the orders, ssl or ccc.")
  private Optional<Product> product = Optional.empty();

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description =
          "For a folder: CSV of the columns file, number and account, in place of --account and of"
              + " numbers in the files' names.")
  private Optional<Path> mapping = Optional.empty();

  @Option(
      names = "--allow-short",
      description =
          "Take passwords in clear of fewer than "
              + AccountAdministration.MIN_LENGTH
              + " characters.")
  private boolean allowShort;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "6000",
      description = "Records per transaction, 1 to " + MAX_BATCH + " (default: 6000).")
  private int batch = 6_000;

  @Mixin private final UnverifiedOption unverified = new UnverifiedOption();

  @Option(
      names = "--new-certificate-ids",
      description = "Ignore the certificates' ids in the input, and give them new ones.")
  private boolean newCertificateIds;

  private Optional<String> mapped = Optional.empty();
  private InputStream stdin = InputStream.nullInputStream();

  public Import(Shell shell) {
    super(shell, Stores.Use.BULK_CHANGE);
  }

  /** The list of a mapping. A part of it would import certificates for wrong accounts. */
  private String list(Path file) {
    byte[] content = shell().read(file);
    if (content.length > MAX_LIST) {
      throw CommandException.usage(
          "the list of --map is larger than 1 MiB: split it, and import the parts one by one");
    }
    return InputFiles.text(content, file);
  }

  @Override
  protected void prepare() {
    if (!isStdin()) {
      requireReadable(path());
    }
    boolean folder = !isStdin() && Files.isDirectory(path());
    if (folder && (account.isPresent() == mapping.isPresent() || product.isEmpty())) {
      throw CommandException.usage("a folder needs --product, and --account or --map");
    }
    if (!folder && (account.isPresent() || mapping.isPresent() || product.isPresent())) {
      throw CommandException.usage("--account, --map and --product are only for a folder");
    }
    mapped = mapping.map(this::list);
    if (batch < 1 || batch > MAX_BATCH) {
      throw CommandException.usage("--batch must be from 1 to " + MAX_BATCH);
    }
    shell().requireNotOwn(input());
    rejects.filter(name -> !Shell.isStandard(name)).ifPresent(this::requireNoInput);
    requireHeader();
  }

  /** Refuses an input that cannot be read, before a store is made for it. */
  private static void requireReadable(Path input) {
    // Something other than a file, for example a pipe, can be opened only once.
    if (!Files.exists(input) || Files.isRegularFile(input)) {
      InputFiles.problem(input)
          .ifPresent(
              problem -> {
                throw CommandException.usage(problem);
              });
    }
  }

  /** Refuses an input without a header, unless it is a pipe with a name, which is read once. */
  private void requireHeader() {
    try {
      if (isStdin()) {
        stdin = ImportInput.withHeader(shell().surroundings().in());
      } else if (Files.isRegularFile(path())) {
        ImportInput.requireHeader(path());
      }
    } catch (IOException e) {
      throw FileException.unreadable(input(), e);
    }
  }

  private Path input() {
    return isStdin() ? STDIN : path();
  }

  /**
   * Refuses a rejects file that is the input, lies in the input folder, or is part of the store.
   */
  private void requireNoInput(Path rejects) {
    try {
      Path input = input();
      Path folder = PrivateFiles.folder(rejects);
      if (Files.isDirectory(input) && Files.exists(folder) && Files.isSameFile(folder, input)) {
        throw CommandException.usage(
            rejects + " would be part of the input the next time: choose another folder");
      }
      // Something other than a file, for example a terminal, can be both.
      if (Files.isRegularFile(rejects) && Files.exists(input) && Files.isSameFile(rejects, input)) {
        throw CommandException.usage(rejects + " is the input itself: choose another file");
      }
    } catch (IOException e) {
      throw FileException.unreadable(input(), e);
    }
    // SQLite's folder is made with the store.
    boolean makesData = !dryRun && shell().configuration().read().store().isEmpty();
    files.requireFree(shell(), List.of(rejects), makesData);
  }

  @Override
  protected Stores.Use use() {
    return dryRun ? Stores.Use.BULK_REHEARSE : Stores.Use.BULK_CHANGE;
  }

  @Override
  protected void run(Store store) {
    Optional<BulkLoader> bulk =
        dryRun ? Optional.empty() : Optional.of(store.transfers().bulkLoader(shell().actor()));
    Importer.Counts counts;
    try (ImportInput input = open(store);
        Rejects report = new Rejects(output(), rejects, files)) {
      counts = load(store, bulk, input, report);
      input.warnings().forEach(output()::note);
    } catch (IOException e) {
      throw FileException.unreadable(input(), e);
    }
    if (rejects.filter(Shell::isStandard).isPresent() && !json()) {
      output().note(sentence(counts));
    } else {
      done(sentence(counts), fields(counts));
    }
    // An import that is repeated without effect does not repeat it.
    if (!dryRun && counts.imported() > 0) {
      shell().keyOfCodes(store).missing().ifPresent(this::askForKey);
    }
    bulk.ifPresent(this::complete);
    if (counts.rejected() > 0) {
      throw CommandException.refused(
          String.format(
              Locale.ROOT,
              "not all records were imported: %,d of %,d were rejected%s",
              counts.rejected(),
              counts.records(),
              reasons(counts)));
    }
  }

  private void askForKey(Path key) {
    output()
        .note(
            "The collection codes of this store need the key that they were made with: before"
                + " `certcollect serve`, copy the other store's collection-codes.key to "
                + key.toAbsolutePath().normalize()
                + "; if it is lost, `certcollect order new-key` makes a new one");
  }

  /** The place of the reasons, unless all of them were printed already. */
  private String reasons(Importer.Counts counts) {
    String why = " tells why, line by line";
    return rejects
        .map(file -> "; " + (Shell.isStandard(file) ? "standard output" : file) + why)
        .orElse(
            counts.rejected() > Rejects.MAX_SHOWN
                ? "; run it again with --rejects FILE, which" + why
                : "");
  }

  private ImportInput open(Store store) throws IOException {
    ImportInput.Target target =
        new ImportInput.Target(
            store,
            shell().actor(),
            shell().keyOfCodes(store),
            shell().dataFolder(),
            unverified.algorithms(),
            newCertificateIds,
            dryRun,
            allowShort,
            chunk());
    if (isStdin()) {
      return ImportInput.stream(target, stdin);
    }
    if (mapped.isPresent()) {
      return ImportInput.folder(target, path(), product.orElseThrow(), mapped.get());
    }
    return Files.isDirectory(path())
        ? ImportInput.folder(target, path(), account.orElseThrow(), product.orElseThrow())
        : ImportInput.file(target, path());
  }

  private Importer.Counts load(
      Store store, Optional<BulkLoader> bulk, ImportInput input, Rejects report)
      throws IOException {
    Loader loader = bulk.isPresent() ? bulk.get() : store.transfers().rehearsal();
    Progress progress = progress();
    AtomicReference<Importer.Counts> reported = new AtomicReference<>(Importer.Counts.NONE);
    Importer importer =
        new Importer(
            loader,
            report::add,
            (counts, position, size) -> {
              report.flush();
              reported.set(counts);
              progress.at(counts, position, size);
            });
    announce(store, "store.load", "from " + source());
    Runnable tell =
        () -> {
          progress.pause();
          output().note(stopped(reported.get()));
        };
    StopNote note = new StopNote(tell);
    try {
      importer.run(input, chunks());
    } catch (StoreException e) {
      announce(store, "store.load.failed", counted(importer.counts()));
      note.cancel();
      tell.run();
      throw e;
    } catch (IOException | RuntimeException e) {
      announce(store, "store.load.failed", counted(importer.counts()));
      note.cancel();
      throw e;
    }
    note.cancel();
    progress.pause();
    announce(store, "store.load.done", counted(importer.counts()));
    return importer.counts();
  }

  /** Completes the store. If that fails, it is completed when it is opened the next time. */
  private void complete(BulkLoader loader) {
    Progress progress = progress();
    StopNote note =
        new StopNote(
            () -> {
              progress.pause();
              output().note(INCOMPLETE);
            });
    try {
      loader.complete(
          () -> progress.show(() -> "The import is done; the indexes are being built ..."));
    } catch (StoreException e) {
      progress.pause();
      output().note(INCOMPLETE + " " + e.getMessage());
    }
    note.cancel();
    progress.pause();
  }

  private Progress progress() {
    return new Progress(shell().surroundings().err(), shell().surroundings().terminal());
  }

  private String stopped(Importer.Counts counts) {
    // An existing file of rejects is only replaced on request.
    boolean needsForce = rejects.filter(name -> !Shell.isStandard(name)).isPresent();
    return "The %s stopped after at least %s%s: run it again%s."
        .formatted(
            dryRun ? "dry run" : "import",
            Texts.count(counts.records(), "record"),
            dryRun ? " and changed nothing in the store" : "",
            needsForce ? " with --force" : "");
  }

  private void announce(Store store, String action, String detail) {
    if (!dryRun) {
      store.announce(ChangeRecord.of(shell().actor(), action, detail));
    }
  }

  private String source() {
    return isStdin() ? "standard input" : path().toAbsolutePath().normalize().toString();
  }

  private String counted(Importer.Counts counts) {
    return String.format(
        Locale.ROOT,
        "from %s: imported %d, skipped %d, rejected %d",
        source(),
        counts.imported(),
        counts.skipped(),
        counts.rejected());
  }

  private static Fields fields(Importer.Counts counts) {
    return new Fields()
        .add("imported", counts.imported())
        .add("skipped", counts.skipped())
        .add("rejected", counts.rejected());
  }

  private String sentence(Importer.Counts counts) {
    return String.format(
        Locale.ROOT,
        dryRun
            ? "Would import %s, skip %,d that are there already, reject %,d."
            : "Imported %s, skipped %,d that were there already, rejected %,d.",
        Texts.count(counts.imported(), "record"),
        counts.skipped(),
        counts.rejected());
  }

  private boolean isStdin() {
    return file.equals("-");
  }

  private Path path() {
    return Path.of(file);
  }

  /** The maximum number of records in a chunk, which one thread works on. */
  private int chunk() {
    return Math.min(batch, CHUNK);
  }

  /** The maximum number of chunks in one transaction. */
  private int chunks() {
    return batch / chunk();
  }
}
