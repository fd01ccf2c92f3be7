package org.certcollect.cli.verb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.certcollect.admin.FileException;
import org.certcollect.admin.PrivateFiles;
import picocli.CommandLine.Option;

/**
 * The option {@code --force}, and the files that a verb writes. An existing file is replaced only
 * with the option, and one of certcollect's own never. Files are written atomically, several as
 * one: all are complete beside their places before the first gets its name. A link is kept, and its
 * target is replaced or made. A pipe or a device is written to as it is. A new file that root makes
 * belongs to the owner of its folder.
 *
 * <p>Collected certificates replace a file without the option, because their renewal is an everyday
 * task. The file must be empty or hold nothing but collected certificates, which can be collected
 * again: any other may be a private key, in a form that nobody here knows. They take over its
 * owner, group and mode as far as the user may give them. They are not written to a pipe or device.
 */
public final class OutputFiles {
  /** More than the file of any answer that a client reads. */
  private static final int MAX_COLLECTED = 4 << 20;

  private static final int MAX_LINKS = 40;
  private static final Pattern PEM_LABEL = Pattern.compile("-----BEGIN ([^\\r\\n]*?)-----");
  private static final Set<String> COLLECTED_LABELS =
      Set.of("CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CERTIFICATE", "PKCS7");

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

  /** Refuses files that must not be replaced or cannot be written, before work is done for them. */
  public void requireFree(Shell shell, List<Path> files) {
    requireFree(shell, files, false);
  }

  /**
   * Refuses files that must not be replaced or cannot be written, before work is done for them.
   *
   * @param makesData whether the verb makes the data folder, if there is none, before it opens them
   */
  public void requireFree(Shell shell, List<Path> files, boolean makesData) {
    for (Path file : files) {
      if (file.toString().isEmpty()) {
        throw CommandException.usage(
            "the name of the output file is empty, perhaps because a variable of the shell is not"
                + " set: name a file");
      }
      shell.requireNotOwn(file);
      shell.requireNotOwn(target(file));
      requireFree(file);
      requireWritable(shell, file, makesData);
    }
  }

  /** Refuses a folder, and a file that cannot be made; other things than files are not opened. */
  private void requireWritable(Shell shell, Path given, boolean makesData) {
    Path file = target(given);
    Path folder = PrivateFiles.folder(file).normalize();
    Path data = shell.dataFolder().path().toAbsolutePath().normalize();
    // Not the target: the link of /dev/stdout to a pipe leads nowhere.
    if (isStream(given) && !Files.isDirectory(given)) {
      return;
    }
    if (makesData && folder.equals(data) && Files.notExists(data)) {
      return;
    }
    try {
      if (Files.isDirectory(file)) {
        throw new FileSystemException(file.toString());
      }
      if (Files.exists(folder)) {
        requireName(file);
      }
      if (!areCertificates || !Files.isDirectory(folder)) {
        // Permissions do not tell it: a file system may be read-only, and /proc takes no files. The
        // folders of collected certificates may be watched by programs, and most collects write
        // nothing.
        Files.delete(temporary(file));
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** Fails if the name of a file is too long, or its folder is not one. */
  private static void requireName(Path file) throws IOException {
    try {
      Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      // The name is valid, and free.
    }
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

  /** Refuses to replace anything but collected certificates by certificates. */
  private static void requireReplaceable(Path file) {
    if (isStream(file)) {
      throw CommandException.refused(
          file + " is not a regular file: name another one, or - for standard output");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_COLLECTED + 1);
      if (content.length > MAX_COLLECTED || (content.length > 0 && !isCollected(content))) {
        throw CommandException.refused(
            file
                + " holds something other than collected certificates, perhaps a private key: name"
                + " another file");
      }
    } catch (IOException | IllegalArgumentException e) {
      // The JDK refuses names in a wrong charset in archives by the latter.
      throw CommandException.refused(
          file + " cannot be read, so it may hold a private key: name another file");
    }
  }

  /** Whether a content is PEM of certificates, or a ZIP archive of nothing but such files. */
  private static boolean isCollected(byte[] content) throws IOException {
    if (!new String(content, ISO_8859_1).startsWith("PK\3\4")) {
      return isCertificates(content);
    }
    int files = 0;
    int left = MAX_COLLECTED;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content), ISO_8859_1)) {
      while (zip.getNextEntry() != null) {
        byte[] file = zip.readNBytes(left + 1);
        left -= file.length;
        if (left < 0 || !isCertificates(file)) {
          return false;
        }
        files++;
      }
    }
    return files > 0;
  }

  private static boolean isCertificates(byte[] content) {
    String text = new String(content, ISO_8859_1);
    List<String> labels = PEM_LABEL.matcher(text).results().map(label -> label.group(1)).toList();
    return !labels.isEmpty()
        && COLLECTED_LABELS.containsAll(labels)
        && !text.contains("PRIVATE KEY");
  }

  /** The place that a name stands for after all links, also if nothing is there yet. */
  public static Path target(Path file) {
    Path target = file;
    try {
      for (int links = 0; Files.isSymbolicLink(target); links++) {
        if (links == MAX_LINKS) {
          throw new FileSystemLoopException(file.toString());
        }
        target = target.resolveSibling(Files.readSymbolicLink(target));
      }
      return target;
    } catch (IOException e) {
      throw unwritable(file, e);
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
      Path file = target(given);
      Path temporary = temporary(file);
      finished.put(file, temporary);
      try (FileChannel channel = PrivateFiles.openTemporary(temporary)) {
        content.writeTo(Channels.newOutputStream(channel));
        channel.force(true);
      }
      if (areCertificates && Files.exists(file)) {
        giveAccessOf(file, temporary);
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

  /** Lets the same users read a file as another one, as far as this user may decide that. */
  private static void giveAccessOf(Path file, Path temporary) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(
            temporary, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return;
    }
    PosixFileAttributes wanted = Files.readAttributes(file, PosixFileAttributes.class);
    PosixFileAttributes made = view.readAttributes();
    if (!made.group().equals(wanted.group())) {
      whereAllowed(() -> view.setGroup(wanted.group()));
    }
    if (!made.owner().equals(wanted.owner())) {
      whereAllowed(() -> view.setOwner(wanted.owner()));
    }
    whereAllowed(() -> view.setPermissions(wanted.permissions()));
  }

  private static void whereAllowed(Change change) {
    try {
      change.make();
    } catch (IOException e) {
      // Only root can give files away, and other users only to groups of theirs.
    }
  }

  private interface Change {
    void make() throws IOException;
  }

  /** Renames a finished file beside the {@link #target} to its final name, durably. */
  public void publish(Path temporary, Path file) {
    // The work may have taken hours.
    requireFree(file);
    if (!areCertificates || !Files.exists(file)) {
      PrivateFiles.giveToOwnerOfFolder(temporary);
    }
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
    try {
      if (isStream(file)) {
        return Files.newOutputStream(file, WRITE);
      }
      if (replace) {
        // A file that is truncated keeps the readers that it has.
        Files.deleteIfExists(target(file));
      }
      Path place = replace ? target(file) : file;
      OutputStream out =
          Channels.newOutputStream(
              Files.newByteChannel(
                  place,
                  Set.of(CREATE_NEW, WRITE),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------"))));
      PrivateFiles.giveToOwnerOfFolder(place);
      return out;
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
    String advice =
        Files.notExists(PrivateFiles.folder(file))
            ? "; create it, or name another file"
            : "; name another file";
    return CommandException.refused(FileException.unwritable(file, cause).getMessage() + advice);
  }
}
