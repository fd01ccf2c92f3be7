package org.certcollect.cli.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.certcollect.admin.FileException;
import org.certcollect.admin.PrivateFiles;
import org.certcollect.cli.verb.CommandException;

/**
 * Writes files atomically, several as one: all are complete beside their places before the first
 * gets its name. Others may read them as the umask says, because certificates are public.
 */
final class OutputFiles {
  private static final int MAX_KEY_FILE = 1 << 20;

  private OutputFiles() {}

  /** Refuses a file that exists and is more than certificates, which can be collected again. */
  static void requireReplaceable(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    if (!Files.isRegularFile(file)) {
      throw CommandException.refused(
          file + " is not a regular file: name another one, or - for standard output");
    }
    try (InputStream content = Files.newInputStream(file)) {
      if (new String(content.readNBytes(MAX_KEY_FILE), ISO_8859_1).contains("PRIVATE KEY-----")) {
        throw CommandException.refused(file + " holds a private key: name another file");
      }
    } catch (IOException e) {
      throw CommandException.refused(
          file + " cannot be read, so it may hold a private key: name another file");
    }
  }

  static void write(Map<Path, byte[]> contents) {
    Map<Path, Path> finished = new LinkedHashMap<>();
    try {
      for (Map.Entry<Path, byte[]> content : contents.entrySet()) {
        Path file = real(content.getKey());
        Path temporary =
            PrivateFiles.folder(file).resolve(".certcollect-" + UUID.randomUUID() + ".part");
        finished.put(file, temporary);
        write(file, temporary, content.getValue());
      }
      finished.forEach(OutputFiles::publish);
    } finally {
      finished.values().forEach(OutputFiles::delete);
    }
  }

  /** The file that a link leads to: the link is kept. */
  private static Path real(Path file) {
    try {
      return Files.exists(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void write(Path file, Path temporary, byte[] content) {
    try (FileChannel channel = FileChannel.open(temporary, CREATE_NEW, WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void publish(Path file, Path temporary) {
    // The answer may have taken hours.
    requireReplaceable(file);
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(PrivateFiles.folder(file), READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The failure before this one is told.
    }
  }

  private static CommandException unwritable(Path file, IOException cause) {
    return CommandException.refused(FileException.unwritable(file, cause).getMessage());
  }
}
