package org.certcollect.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import org.certcollect.cli.CommandException;

/** A file of 32 random bytes, or more, that a key is made of. */
public final class KeyFile {
  private static final int BYTES = 32;

  private KeyFile() {}

  /**
   * The key that a file holds.
   *
   * @throws CommandException when it is none
   */
  public static byte[] read(Path file) {
    try {
      byte[] key = Files.readAllBytes(file);
      if (key.length < BYTES) {
        throw CommandException.usage(
            String.format(
                Locale.ROOT,
                "%s: a key has at least %d bytes, this one has %d; `head -c 32 /dev/urandom` makes"
                    + " one",
                file,
                BYTES,
                key.length));
      }
      return key;
    } catch (IOException e) {
      throw CommandException.usage(
          file + " cannot be read: see that it is there and this user may read it");
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
