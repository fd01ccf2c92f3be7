package org.certcollect.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;

/** Reads and creates files with the key of the collection codes: at least 32 random bytes. */
public final class KeyFile {
  private static final int BYTES = 32;

  private KeyFile() {}

  /**
   * The key that a file holds.
   *
   * @throws AdminException if the file cannot be read or has fewer than 32 bytes
   */
  public static byte[] read(Path file) {
    try {
      byte[] key = Files.readAllBytes(file);
      if (key.length < BYTES) {
        throw new CodeKeyException(
            file,
            CodeKeyException.Reason.TOO_SHORT,
            String.format(
                Locale.ROOT,
                "%s: a key must have at least %d bytes, but this one has %d",
                file,
                BYTES,
                key.length));
      }
      return key;
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  static byte[] readOrCreate(Path file) {
    if (!Files.exists(file)) {
      PrivateFiles.createOnce(file, random());
    }
    return read(file);
  }

  static byte[] random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
