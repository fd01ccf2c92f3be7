package org.certcollect.cli.transfer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.certcollect.admin.transfer.Item;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.output.Json;
import org.certcollect.cli.output.Output;
import org.certcollect.cli.verb.OutputFiles;
import org.certcollect.cli.verb.Shell;

/** A report of rejected records: all of them in a file, or the first few on standard error. */
final class Rejects implements AutoCloseable {
  /** The maximum number of records that are shown without a file. */
  static final int MAX_SHOWN = 10;

  private final Output output;
  private final Optional<Path> path;
  private final Optional<BufferedWriter> file;
  private long count;
  private boolean otherCodeKey;
  private boolean otherIds;

  /** Opens a report in a file, on standard output if its name is -, or else on standard error. */
  Rejects(Output output, Optional<Path> path, OutputFiles files) {
    this.output = output;
    this.path = path;
    this.file =
        path.filter(name -> !Shell.isStandard(name))
            .map(
                name ->
                    new BufferedWriter(
                        new OutputStreamWriter(files.open(name), StandardCharsets.UTF_8)));
  }

  void add(Item.Invalid item) {
    count++;
    otherCodeKey |= item.isOfOtherCodeKey();
    otherIds |= item.onlyForIds();
    if (path.isPresent() && file.isEmpty()) {
      output.record(fields(item), true);
    } else if (file.isPresent()) {
      try {
        file.get().write(Json.line(fields(item)));
        file.get().newLine();
      } catch (IOException e) {
        throw OutputFiles.unwritable(path.orElseThrow(), e);
      }
    } else if (count <= MAX_SHOWN) {
      String where = item.place().file().orElseGet(() -> "line " + item.place().index());
      output.note("Rejected: %s: %s".formatted(where, item.reason()));
    } else if (count == MAX_SHOWN + 1) {
      output.note("Rejected: more; use --rejects FILE to list all");
    }
  }

  /** Writes what was added to the file, so that a signal loses nothing of it. */
  void flush() {
    try {
      if (file.isPresent()) {
        file.get().flush();
      }
    } catch (IOException e) {
      throw OutputFiles.unwritable(path.orElseThrow(), e);
    }
  }

  @Override
  public void close() {
    if (otherCodeKey) {
      output.note(
          "Remove codeHash from the input and make new codes with `certcollect order code`. If this"
              + " store's own codes may become invalid, you can instead replace its key file by"
              + " that of the other store, run `certcollect order new-key` and import again.");
    }
    if (otherIds) {
      output.note(
          "Certificate ids of the input are taken, or are not those of this store: import again"
              + " with --new-certificate-ids, which ignores them. Clients that kept such an id then"
              + " no longer find the certificate by it.");
    }
    try {
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (IOException e) {
      throw OutputFiles.unwritable(path.orElseThrow(), e);
    }
  }

  private static Fields fields(Item.Invalid item) {
    Fields fields = new Fields();
    item.place()
        .file()
        .ifPresentOrElse(
            name -> fields.add("file", name), () -> fields.add("line", item.place().index()));
    item.number().ifPresent(number -> fields.add("number", number));
    return fields.add("reason", item.reason());
  }
}
