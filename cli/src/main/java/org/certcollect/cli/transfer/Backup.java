package org.certcollect.cli.transfer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.certcollect.admin.PrivateFiles;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.config.Configuration;
import org.certcollect.cli.output.Texts;
import org.certcollect.cli.verb.CommandAudit;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.OutputFiles;
import org.certcollect.cli.verb.Shell;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.jdbc.sqlite.SqliteBackup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    description = {
      "Copy the SQLite store to a file and verify the copy. A server may run meanwhile.",
      "The copy holds no keys of the data folder: keep copies of collection-codes.key and"
          + " audit.key, and of the folder audit, too."
    })
public final class Backup implements Callable<Integer> {
  private final Shell shell;

  @Parameters(paramLabel = "FILE", description = "File for the copy.")
  private Path file = Path.of("");

  @Mixin private final OutputFiles files = OutputFiles.ofOwner();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public Backup(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Configuration configuration = shell.configuration().read();
    if (configuration.store().isPresent()) {
      throw CommandException.refused(
          "the store is in PostgreSQL, which backup does not copy: use pg_dump, or `certcollect"
              + " export`");
    }
    if (Shell.isStandard(file)) {
      throw CommandException.usage("a backup is not text: name a file");
    }
    files.requireFree(shell, List.of(file));
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw CommandException.refused(file + " is not a regular file: name another one");
    }
    Path source = shell.dataFolder().existingStoreFile();
    Path target = OutputFiles.target(file);
    String to = "to " + target.toAbsolutePath().normalize();
    record(configuration, "store.backup", to);
    try {
      Path temporary = PrivateFiles.temporary(PrivateFiles.folder(target));
      // If a signal ends the process, SQLite does not delete its own files beside the copy.
      Stream.of("-journal", "-wal", "-shm")
          .map(suffix -> new File(temporary + suffix))
          .forEach(File::deleteOnExit);
      try {
        SqliteBackup.Counts counts = SqliteBackup.copy(source, temporary);
        record(
            configuration,
            "store.backup.done",
            "%s: %s orders, %s accounts"
                .formatted(to, Long.toString(counts.orders()), Long.toString(counts.accounts())));
        files.publish(temporary, target);
        shell
            .output()
            .done(
                "%s holds %s and %s; the copy was verified."
                    .formatted(
                        file,
                        Texts.count(counts.orders(), "order"),
                        Texts.count(counts.accounts(), "account")),
                new Fields()
                    .add("file", file)
                    .add("orders", counts.orders())
                    .add("accounts", counts.accounts()),
                new Fields(),
                json);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw OutputFiles.unwritable(file, e);
    }
    return ExitCode.DONE;
  }

  private void record(Configuration configuration, String action, String detail) {
    new CommandAudit(shell, configuration.audit())
        .record(List.of(ChangeRecord.of(shell.actor(), action, detail)));
  }
}
