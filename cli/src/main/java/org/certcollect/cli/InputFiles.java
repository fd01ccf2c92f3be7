package org.certcollect.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the files that a verb is given. */
public final class InputFiles {
  /** More than any of them may have: who reads one says that it is too long. */
  private static final int MOST = (1 << 20) + 1;

  private InputFiles() {}

  public static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST);
    } catch (IOException e) {
      throw CommandException.usage(
          file + " cannot be read: see that it is there, a file, and this user may read it");
    }
  }
}
