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
import java.nio.file.attribute.PosixFilePermissions;
import org.certcollect.cli.CommandException;

/** Writes a large file that is there whole or not at all, for its owner alone. */
final class WholeFile {
  private WholeFile() {}

  /** What makes the content. */
  interface Content {
    void writeTo(Writer out) throws IOException;
  }

  static void write(Path given, Content content) {
    Path folder = folder(given);
    Path file = given;
    try {
      if (Files.exists(given)) {
        // A link stays one: /dev/stdout may lead to a file.
        file = given.toRealPath();
        folder = folder(file);
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        // A pipe or a device cannot be replaced.
        try (Writer out = Files.newBufferedWriter(file)) {
          content.writeTo(out);
        }
        return;
      }
      Path temporary = temporary(folder);
      try {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
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
    } catch (IOException | UncheckedIOException e) {
      throw CommandException.refused(
          "%s cannot be written: see that %s is there, has room, and this user may write there"
              .formatted(file, folder));
    }
  }

  /** A new, empty file beside the one that it is to become; a signal removes it, too. */
  static Path temporary(Path folder) throws IOException {
    Path temporary =
        Files.createTempFile(
            folder,
            ".certcollect-",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    temporary.toFile().deleteOnExit();
    return temporary;
  }

  /** Makes the finished file the one of that name, durably. */
  static void publish(Path temporary, Path file) throws IOException {
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(folder(file), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }
}
