package org.certcollect.admin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files that only their owner may read; they are there whole or not at all. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Writes a file if there is none; of several writers at once, the first wins. */
  public static void createOnce(Path file, byte[] content) {
    write(
        file,
        content,
        temporary -> {
          try {
            // A rename would replace what another process has made and already used.
            Files.createLink(file, temporary);
          } catch (FileAlreadyExistsException e) {
            // The other's is as good.
          }
        });
  }

  /** Writes a file, or replaces it. */
  public static void replace(Path file, byte[] content) {
    write(file, content, temporary -> Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE));
  }

  private static void write(Path file, byte[] content, Step publish) {
    Path folder = folder(file);
    try {
      Path temporary = temporary(folder);
      try {
        try (FileChannel channel = openTemporary(temporary)) {
          channel.write(ByteBuffer.wrap(content));
          channel.force(true);
        }
        FileOwner.giveToOwnerOfFolder(temporary);
        publish.with(temporary);
      } finally {
        Files.deleteIfExists(temporary);
      }
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } catch (IOException e) {
      throw new FileException(file, FileException.Reason.NOT_WRITABLE);
    }
  }

  /** A new, empty file beside the one that it is to become; a signal removes it, too. */
  public static Path temporary(Path folder) throws IOException {
    Path temporary =
        Files.createTempFile(
            folder,
            ".certcollect-",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    temporary.toFile().deleteOnExit();
    return temporary;
  }

  /**
   * Opens a temporary file to write it. A link in its place is refused: in a folder of another
   * user, that user could have root overwrite any file with it.
   */
  public static FileChannel openTemporary(Path temporary) throws IOException {
    return FileChannel.open(temporary, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** The folder that a file is in. */
  public static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  private interface Step {
    void with(Path temporary) throws IOException;
  }
}
