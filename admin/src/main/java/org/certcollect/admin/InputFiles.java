package org.certcollect.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the input files that an operator names. */
public final class InputFiles {
  /** One byte more than the maximum, so that the parser can tell that the input is too long. */
  private static final int MAX_BYTES = (1 << 20) + 1;

  private InputFiles() {}

  /** The content of a file, up to one byte more than the maximum. */
  public static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES);
    } catch (IOException e) {
      throw new FileException(file, FileException.Reason.NOT_READABLE);
    }
  }

  /** The content of a stream, up to one byte more than the maximum. */
  public static byte[] read(InputStream in) {
    try {
      return in.readNBytes(MAX_BYTES);
    } catch (IOException e) {
      throw new FileException(Path.of("standard input"), FileException.Reason.NOT_READABLE);
    }
  }
}
