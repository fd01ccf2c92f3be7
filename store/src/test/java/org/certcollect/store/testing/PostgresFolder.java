package org.certcollect.store.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.tukaani.xz.XZInputStream;

/**
 * A temporary folder with PostgreSQL's programs and its servers' data, one for each JVM, removed
 * when that ends, however it ends. PostgreSQL refuses to run as root: root's servers belong to
 * nobody.
 */
final class PostgresFolder {
  private static final String PROGRAMS = "/postgres-linux-x86_64.txz";

  private final Path folder;
  private final boolean isRoot;
  private final AtomicInteger servers = new AtomicInteger();

  /** Unpacked when first needed. */
  private static final class Unpacked {
    static final PostgresFolder FOLDER = unpack();
  }

  private PostgresFolder(Path folder, boolean isRoot) {
    this.folder = folder;
    this.isRoot = isRoot;
  }

  static PostgresFolder get() {
    return Unpacked.FOLDER;
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /** A new, empty folder for a server, its own. */
  Path newServer() throws IOException {
    Path server = Files.createDirectory(folder.resolve("server-" + servers.incrementAndGet()));
    give(server);
    return server;
  }

  /** Gives a file or folder to the user that servers run as. */
  void give(Path server) throws IOException {
    if (isRoot) {
      var users = server.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(server, users.lookupPrincipalByName("nobody"));
    }
  }

  /** The command, run by a user whom PostgreSQL does not refuse. */
  ProcessBuilder unprivileged(List<String> command) {
    List<String> all = new ArrayList<>();
    if (isRoot) {
      all.addAll(List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups"));
    }
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static PostgresFolder unpack() {
    try {
      Path folder = Files.createTempDirectory("certcollect-postgres-");
      removeAtTheEnd(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Process tar =
          new ProcessBuilder("tar", "-x", "--no-same-owner", "-C", folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (InputStream packed = PostgresFolder.class.getResourceAsStream(PROGRAMS);
          InputStream archive = new XZInputStream(packed);
          OutputStream out = tar.getOutputStream()) {
        archive.transferTo(out);
      }
      if (tar.waitFor() != 0) {
        throw new IOException("tar failed");
      }
      return new PostgresFolder(folder, Files.getAttribute(folder, "unix:uid").equals(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A process that waits for the end of its input, which comes with the end of this one. */
  private static void removeAtTheEnd(Path folder) throws IOException {
    String script =
        "trap '' INT TERM; cat >/dev/null; for i in 1 2 3 4 5 6 7 8 9; do rm -rf \"$0\" && exit;"
            + " sleep 1; done";
    new ProcessBuilder("sh", "-c", script, folder.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
