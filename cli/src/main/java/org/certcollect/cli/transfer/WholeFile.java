package org.certcollect.cli.transfer;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.certcollect.admin.FileException;
import org.certcollect.admin.PrivateFiles;
import org.certcollect.cli.verb.CommandException;

/** Writes large files atomically; only their owner may read them. */
final class WholeFile {
  private WholeFile() {}

  interface Content {
    void writeTo(Writer out) throws IOException;
  }

  static void write(Path given, Content content) {
    Path folder = PrivateFiles.folder(given);
    Path file = given;
    try {
      if (Files.exists(given)) {
        // A link is kept, and its target is replaced: /dev/stdout may lead to a file.
        file = given.toRealPath();
        folder = PrivateFiles.folder(file);
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        // A pipe or a device cannot be replaced.
        try (Writer out = Files.newBufferedWriter(file)) {
          content.writeTo(out);
        }
        return;
      }
      Path temporary = PrivateFiles.temporary(folder);
      try {
        try (FileChannel channel = PrivateFiles.openTemporary(temporary);
            Writer out =
                new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8)) {
          content.writeTo(out);
          out.flush();
          channel.force(true);
        }
        publish(temporary, file);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (UncheckedIOException e) {
      throw unwritable(file, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  static CommandException unwritable(Path file, IOException cause) {
    return CommandException.refused(FileException.unwritable(file, cause).getMessage());
  }

  /** Renames the finished file to its final name, durably. */
  static void publish(Path temporary, Path file) throws IOException {
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder =
        FileChannel.open(PrivateFiles.folder(file), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
