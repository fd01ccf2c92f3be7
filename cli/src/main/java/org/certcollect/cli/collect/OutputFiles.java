package org.certcollect.cli.collect;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
  private final boolean replace;

  /**
   * Creates a writer of files.
   *
   * @param replace whether existing files are replaced, and not refused
   */
  OutputFiles(boolean replace) {
    this.replace = replace;
  }

  /** Refuses files that exist, before any work is done for them. */
  void requireFree(List<Path> files) {
    for (Path file : files) {
      if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw exists(file);
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw CommandException.refused(file + " is not a regular file: name another one");
      }
    }
  }

  void write(Map<Path, byte[]> contents) {
    Map<Path, Path> finished = new LinkedHashMap<>();
    List<Path> made = new ArrayList<>();
    try {
      for (Map.Entry<Path, byte[]> content : contents.entrySet()) {
        Path file = real(content.getKey());
        Path temporary =
            PrivateFiles.folder(file).resolve(".certcollect-" + UUID.randomUUID() + ".part");
        finished.put(file, temporary);
        write(file, temporary, content.getValue());
      }
      for (Map.Entry<Path, Path> file : finished.entrySet()) {
        publish(file.getValue(), file.getKey());
        made.add(file.getKey());
      }
      made.clear();
    } finally {
      if (!replace) {
        made.forEach(OutputFiles::delete);
      }
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

  private void publish(Path temporary, Path file) {
    try {
      if (replace) {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        create(temporary, file);
      }
      try (FileChannel folder = FileChannel.open(PrivateFiles.folder(file), READ)) {
        folder.force(true);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void create(Path temporary, Path file) throws IOException {
    try {
      // A rename would replace a file that came there meanwhile.
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // This file system has no hard links. The move looks for a file first.
      Files.move(temporary, file);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The failure before this one is told.
    }
  }

  private static CommandException exists(Path file) {
    return CommandException.refused(
        file + " exists already: name another file, or replace it with --force");
  }

  private static CommandException unwritable(Path file, IOException cause) {
    return CommandException.refused(FileException.unwritable(file, cause).getMessage());
  }
}
