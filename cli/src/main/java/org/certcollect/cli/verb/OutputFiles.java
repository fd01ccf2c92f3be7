package org.certcollect.cli.verb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.certcollect.admin.FileException;
import org.certcollect.admin.PrivateFiles;
import picocli.CommandLine.Option;

/**
 * The option {@code --force}, and the files that a verb writes. An existing file is replaced only
 * with the option, and one of certcollect's own never. Files are written atomically, several as
 * one: all are complete beside their places before the first gets its name. A link is kept, and its
 * target is replaced. A pipe or a device is written to as it is.
 *
 * <p>Collected certificates replace a file without the option, because their renewal is an everyday
 * task and they can be collected again. They never replace a private key.
 */
public final class OutputFiles {
  private static final int MAX_KEY_FILE = 1 << 20;

  private final boolean areCertificates;

  @Option(names = "--force", description = "Replace the output file if it exists.")
  private boolean replace;

  private OutputFiles(boolean areCertificates) {
    this.areCertificates = areCertificates;
    this.replace = areCertificates;
  }

  /** Files that only their owner may read. */
  public static OutputFiles ofOwner() {
    return new OutputFiles(false);
  }

  /** Collected certificates, which others may read as the umask says. Not for a mixin. */
  public static OutputFiles ofCertificates() {
    return new OutputFiles(true);
  }

  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Refuses files that must not be replaced, before any work is done for them. */
  public void requireFree(Shell shell, List<Path> files) {
    files.forEach(shell::requireNotOwn);
    files.forEach(this::requireFree);
  }

  private void requireFree(Path file) {
    if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isStream(file)) {
      throw exists(file);
    }
    if (areCertificates && Files.exists(file)) {
      requireReplaceable(file);
    }
  }

  /** Whether something other than a regular file is there, for example a pipe or a device. */
  private static boolean isStream(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file);
  }

  /** Refuses to replace a private key, or what is no file, by certificates. */
  private static void requireReplaceable(Path file) {
    if (isStream(file)) {
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

  public void write(Map<Path, Content> contents) {
    Map<Path, Path> finished = new LinkedHashMap<>();
    try {
      contents.forEach((file, content) -> write(file, content, finished));
      finished.forEach((file, temporary) -> publish(temporary, file));
    } finally {
      finished.values().forEach(OutputFiles::delete);
    }
  }

  private void write(Path given, Content content, Map<Path, Path> finished) {
    try {
      if (isStream(given)) {
        try (OutputStream out = Files.newOutputStream(given)) {
          content.writeTo(out);
        }
        return;
      }
      Path file = Files.exists(given) ? given.toRealPath() : given;
      Path temporary = temporary(file);
      finished.put(file, temporary);
      try (FileChannel channel = PrivateFiles.openTemporary(temporary)) {
        content.writeTo(Channels.newOutputStream(channel));
        channel.force(true);
      }
    } catch (UncheckedIOException e) {
      throw unwritable(given, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unwritable(given, e);
    }
  }

  /** An empty file beside the place of another one, deleted when the process ends. */
  private Path temporary(Path file) throws IOException {
    Path folder = PrivateFiles.folder(file);
    if (!areCertificates) {
      return PrivateFiles.temporary(folder);
    }
    Path temporary = folder.resolve(".certcollect-" + UUID.randomUUID() + ".part");
    Files.createFile(temporary).toFile().deleteOnExit();
    return temporary;
  }

  /** Renames a finished file to its final name, durably. */
  public void publish(Path temporary, Path file) {
    // The work may have taken hours.
    requireFree(file);
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(PrivateFiles.folder(file), READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** Opens a file that grows while the verb works. Only its owner may read it. */
  public OutputStream open(Path file) {
    Set<OpenOption> options =
        replace || isStream(file)
            ? Set.of(CREATE, WRITE, TRUNCATE_EXISTING)
            : Set.of(CREATE_NEW, WRITE);
    try {
      return Channels.newOutputStream(
          Files.newByteChannel(
              file,
              options,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
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

  private static CommandException exists(Path file) {
    return CommandException.refused(
        file + " exists already: name another file, or replace it with --force");
  }

  public static CommandException unwritable(Path file, IOException cause) {
    return CommandException.refused(FileException.unwritable(file, cause).getMessage());
  }
}
