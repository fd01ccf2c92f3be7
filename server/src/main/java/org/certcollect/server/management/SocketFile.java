package org.certcollect.server.management;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.certcollect.admin.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket that only its owner may use. The socket is bound in a private folder
 * and then moved to its place: in its place, anyone could connect before its permissions are set.
 * The move also replaces a socket that a killed server has left.
 */
final class SocketFile implements AutoCloseable {
  private final Path place;
  private final Path folder;
  private @Nullable Object key;

  private SocketFile(Path place, Path folder) {
    this.place = place;
    this.folder = folder;
  }

  /** Whether a server listens on the socket. */
  static boolean isInUse(Path place) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(place))) {
      return channel.isConnected();
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Prepares the socket, which is then to be bound to {@link #bound}. */
  static SocketFile prepare(Path place) throws IOException {
    // Only its owner may enter it. Its name is short, because that of a socket may have 107 bytes.
    return new SocketFile(place, Files.createTempDirectory(PrivateFiles.folder(place), ".m"));
  }

  Path bound() {
    return folder.resolve("s");
  }

  /** Moves the bound socket to its place. */
  void publish() throws IOException {
    Files.setPosixFilePermissions(bound(), PosixFilePermissions.fromString("rw-------"));
    Files.move(bound(), place, StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.giveToOwnerOfFolder(place);
    key = key();
    Files.delete(folder);
  }

  private @Nullable Object key() throws IOException {
    return Files.readAttributes(place, BasicFileAttributes.class).fileKey();
  }

  /** Deletes the files, unless another server has taken the place. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(bound());
      Files.deleteIfExists(folder);
      if (key != null && key.equals(key())) {
        Files.delete(place);
      }
    } catch (IOException e) {
      // The next server replaces it.
    }
  }
}
