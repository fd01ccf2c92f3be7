package org.certcollect.bench.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A running {@code serve} on a store, which is ready.
 *
 * @param readyNanos the time until it printed its addresses
 */
record Serving(Process process, int httpsPort, long readyNanos) implements AutoCloseable {
  static Serving start(Path root, KeptStore store) throws IOException {
    giveKey(store.data());
    long start = System.nanoTime();
    Process process =
        LauncherCommand.of(root, store.data(), "serve", "--https-port", "0", "--http-port", "0")
            .redirectError(store.folder().resolve("serve.log").toFile())
            .start();
    // Closed with the process, which prints nothing more.
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    long nanos = System.nanoTime() - start;
    if (line == null || !line.startsWith("https://")) {
      process.destroy();
      throw new IOException("serve said " + line + "; see serve.log in " + store.folder());
    }
    String port = line.substring(line.lastIndexOf(':') + 1).replaceAll("[^0-9]", "");
    return new Serving(process, Integer.parseInt(port), nanos);
  }

  /** The generated hashes belong to no code, but no server starts without their key. */
  private static void giveKey(Path data) throws IOException {
    Path key = data.resolve("collection-codes.key");
    if (!Files.exists(key)) {
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(key, new byte[32]);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
