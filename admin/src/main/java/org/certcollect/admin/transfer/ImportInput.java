package org.certcollect.admin.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import org.certcollect.admin.CollectionCodeKey;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.admin.PrivateFiles;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.Product;
import org.certcollect.store.x509.UnknownAlgorithms;

/** The open input of an import: JSON Lines, or a folder of certificate files. */
public final class ImportInput implements AutoCloseable {
  /** The maximum number of CA certificates in one input. A usual store has some dozens. */
  private static final int MAX_CA_CERTIFICATES = 100_000;

  private final InputStream in;
  private final RecordSource source;
  private final ChainNotes notes;

  private ImportInput(InputStream in, RecordSource source, ChainNotes notes) {
    this.in = in;
    this.source = source;
    this.notes = notes;
  }

  /**
   * The store that an import writes to, with the settings of the import.
   *
   * @param codeKey the key, used only if the input has collection codes
   * @param data the data folder; an input may not name its files
   * @param unknownAlgorithms the handling of certificates whose signature cannot be checked
   * @param newCertificateIds whether the store gives certificates new ids in place of the input's
   * @param rehearsal whether this is a dry run, which changes nothing
   * @param shortPasswords whether passwords in clear may be short
   * @param chunk the number of records that one thread works on at a time
   */
  public record Target(
      Store store,
      Actor actor,
      CollectionCodeKey codeKey,
      DataFolder data,
      UnknownAlgorithms unknownAlgorithms,
      boolean newCertificateIds,
      boolean rehearsal,
      boolean shortPasswords,
      int chunk) {
    ChainChecks chains(NamedFiles files, CaRegistry known) {
      return new ChainChecks(files, known, unknownAlgorithms);
    }

    NamedFiles filesBelow(Path folder) {
      return new NamedFiles(folder, data);
    }

    CaRegistry knownCas() {
      return new CaRegistry(store.caCertificates().list(), MAX_CA_CERTIFICATES);
    }
  }

  /**
   * Refuses a file that cannot be an input, before a store is made for it.
   *
   * @throws org.certcollect.admin.InvalidInputException if its first line is not a header
   */
  public static void requireHeader(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      readHeader(in);
    }
  }

  /**
   * A stream with the same content, of which only this one may be read. Waits for the first line.
   *
   * @throws org.certcollect.admin.InvalidInputException if the first line is not a header
   */
  public static InputStream withHeader(InputStream in) throws IOException {
    InputStream whole = new BufferedInputStream(in);
    whole.mark(Format.MAX_LINE_BYTES + LineReader.BUFFER);
    readHeader(whole);
    whole.reset();
    // Otherwise it would keep all that the mark allows.
    whole.mark(0);
    return whole;
  }

  private static void readHeader(InputStream in) throws IOException {
    Header unused = Header.read(new LineReader(in, Format.MAX_LINE_BYTES).next());
  }

  /** Opens a file of JSON Lines, which may name other files in its folder. */
  public static ImportInput file(Target target, Path file) throws IOException {
    // The size of a pipe is always 0.
    OptionalLong size =
        Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
    boolean isProtected = PlainPasswords.isProtected(file);
    return lines(target, Files.newInputStream(file), size, PrivateFiles.folder(file), isProtected);
  }

  /** Opens a stream of JSON Lines, which may name files in the working folder. */
  public static ImportInput stream(Target target, InputStream in) throws IOException {
    return lines(target, in, OptionalLong.empty(), Path.of(""), true);
  }

  /** Opens a folder of certificate files that are named by order number. */
  public static ImportInput folder(Target target, Path folder, String account, Product product)
      throws IOException {
    String login = target.store().accounts().require(account).login();
    return folder(target, folder, MappedFile.in(folder, login), product);
  }

  /**
   * Opens a folder of certificate files of which a list tells the orders.
   *
   * @param mapping CSV of the columns file, number and account
   * @throws org.certcollect.admin.InvalidInputException if it is not such a list
   */
  public static ImportInput folder(Target target, Path folder, Product product, String mapping) {
    return folder(target, folder, MappedFile.listed(mapping), product);
  }

  private static ImportInput folder(
      Target target, Path folder, List<MappedFile> mapped, Product product) {
    ChainChecks chains = target.chains(target.filesBelow(folder), target.knownCas());
    return new ImportInput(
        InputStream.nullInputStream(),
        new FolderSource(folder, mapped, target.chunk(), chains, product),
        chains.notes());
  }

  private static ImportInput lines(
      Target target, InputStream in, OptionalLong size, Path folder, boolean isProtected)
      throws IOException {
    try {
      NamedFiles files = target.filesBelow(folder);
      CaRegistry known = target.knownCas();
      LineReader lines = new LineReader(in, Format.MAX_LINE_BYTES);
      LazyCodes codes = LazyCodes.of(target, Header.read(lines.next()));
      ChainChecks chains = target.chains(files, known);
      OrderReader orders =
          new OrderReader(chains, new RequestChecks(files), codes, target.newCertificateIds());
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      LineRecords records =
          new LineRecords(
              files,
              known,
              orders,
              new PlainPasswords(
                  target.store(), new PasswordHasher(), isProtected, target.shortPasswords()),
              // An account that is there already keeps its time, so an import can be repeated.
              login -> target.store().accounts().find(login).map(Account::created).orElse(now));
      return new ImportInput(
          in, new LineSource(lines, size, target.chunk(), records), chains.notes());
    } catch (RuntimeException e) {
      in.close();
      throw e;
    }
  }

  RecordSource source() {
    return source;
  }

  ChainNotes notes() {
    return notes;
  }

  /**
   * The warnings about the chains of the certificates imported so far, one sentence for each kind:
   * clients may refuse these chains.
   */
  public List<String> warnings() {
    return notes.summary();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
