package org.certcollect.cli.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.certcollect.cli.CommandException;
import org.certcollect.cli.Shell;
import org.certcollect.store.Store;

/** Opens the input of an import. */
final class Sources implements AutoCloseable {
  /** The most CA certificates of one input; a store has some dozens. */
  private static final int MOST_CAS = 100_000;

  private final InputStream in;
  private final Source source;

  private Sources(InputStream in, Source source) {
    this.in = in;
    this.source = source;
  }

  static Sources open(ImportOptions options, Shell shell, Store store) throws IOException {
    if (!options.isStdin() && Files.isDirectory(options.path())) {
      return new Sources(InputStream.nullInputStream(), folder(options, shell, store));
    }
    Path folder = options.isStdin() ? Path.of("") : parent(options.path());
    NamedFiles files = new NamedFiles(folder, shell.dataFolder());
    CaRegistry known = new CaRegistry(store.caCertificates().list(), MOST_CAS);
    InputStream in =
        options.isStdin() ? shell.surroundings().in() : Files.newInputStream(options.path());
    // A pipe's is 0, whatever comes through it.
    OptionalLong size =
        !options.isStdin() && Files.isRegularFile(options.path())
            ? OptionalLong.of(Files.size(options.path()))
            : OptionalLong.empty();
    try {
      LineReader lines = new LineReader(in, Format.LONGEST_LINE);
      Header header = Header.read(lines.next());
      LazyCodes codes =
          options.dryRun()
              ? LazyCodes.rehearsed(shell, store, header)
              : LazyCodes.of(shell, store, header);
      OrderReader orders =
          new OrderReader(new ChainChecks(files, known), new RequestChecks(files), codes);
      LineRecords records = new LineRecords(new CaReader(files, known), orders);
      return new Sources(in, new LineSource(lines, size, options.chunk(), records));
    } catch (RuntimeException e) {
      in.close();
      throw e;
    }
  }

  Source source() {
    return source;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static Source folder(ImportOptions options, Shell shell, Store store) throws IOException {
    String account = options.account().orElseThrow();
    if (store.accounts().find(account).isEmpty()) {
      throw CommandException.refused(
          "there is no account %s; `certcollect account add` makes it"
              .formatted(JsonReader.shown(account)));
    }
    Path folder = options.path();
    CaRegistry known = new CaRegistry(store.caCertificates().list(), MOST_CAS);
    ChainChecks chains = new ChainChecks(new NamedFiles(folder, shell.dataFolder()), known);
    FileRecords records = new FileRecords(chains, account, options.product().orElseThrow());
    return new FolderSource(folder, options.chunk(), records);
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
