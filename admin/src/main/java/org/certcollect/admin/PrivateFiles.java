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
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files atomically and durably; only their owner may read them. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Writes a file if there is none. If several processes do so at once, the first one wins. */
  public static void createOnce(Path file, byte[] content) {
    write(
        file,
        content,
        temporary -> {
          try {
            // A rename would replace a file that another process has created and already used.
            Files.createLink(file, temporary);
          } catch (FileAlreadyExistsException e) {
            // The file of the other process serves as well.
          }
        });
  }

  /** Writes a file. An existing one is replaced. */
  public static void replace(Path file, byte[] content) {
    write(file, content, temporary -> Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE));
  }

  private static void write(Path file, byte[] content, Step publish) {
    Path folder = folder(file);
    try {
      Path temporary = create(folder);
      try {
        try (FileChannel channel = openTemporary(temporary)) {
          channel.write(ByteBuffer.wrap(content));
          channel.force(true);
        }
        giveToOwnerOfFolder(temporary);
        publish.with(temporary);
      } finally {
        Files.deleteIfExists(temporary);
      }
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } catch (IOException e) {
      throw FileException.unwritable(file, e);
    }
  }

  /** Creates an empty file to be renamed later. It is deleted when the process ends. */
  public static Path temporary(Path folder) throws IOException {
    Path temporary = create(folder);
    // The JVM never forgets such a path: not for a file that a server writes again and again.
    temporary.toFile().deleteOnExit();
    return temporary;
  }

  private static Path create(Path folder) throws IOException {
    return Files.createTempFile(
        folder,
        ".certcollect-",
        ".part",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
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

  /** Gives a new file to the owner of its folder, so that a service can read what root has made. */
  public static void giveToOwnerOfFolder(Path file) {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      PosixFileAttributes folder = Files.readAttributes(folder(file), PosixFileAttributes.class);
      if (!view.readAttributes().owner().equals(folder.owner())) {
        view.setOwner(folder.owner());
        view.setGroup(folder.group());
      }
    } catch (IOException e) {
      // Only root can give files away. Other users of a shared folder remain the owners of theirs.
    }
  }

  private interface Step {
    void with(Path temporary) throws IOException;
  }
}
