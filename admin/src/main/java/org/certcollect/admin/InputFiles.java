package org.certcollect.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the input files that an operator names. */
public final class InputFiles {
  /** One byte more than the maximum, so that the parser can tell that the input is too long. */
  private static final int MAX_BYTES = (1 << 20) + 1;

  private InputFiles() {}

  /** The problem that keeps this user from reading a regular file; empty if there is none. */
  public static Optional<String> problem(Path file) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new IOException("it is not a regular file");
      }
      Files.newInputStream(file).close();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(FileException.unreadable(file, e).getMessage());
    }
  }

  /** The content of a file, up to one byte more than the maximum. */
  public static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  /** The content of a text file in UTF-8, without a byte order mark, which Windows puts there. */
  public static String text(Path file) {
    return text(read(file), file);
  }

  /** The text that the bytes of a file are, without a byte order mark. */
  public static String text(byte[] bytes, Path file) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes))
          .toString()
          .replaceFirst("\\A\uFEFF", "");
    } catch (CharacterCodingException e) {
      throw FileException.unreadable(file, e);
    }
  }

  /** The content of a stream, up to one byte more than the maximum. */
  public static byte[] read(InputStream in) {
    try {
      return in.readNBytes(MAX_BYTES);
    } catch (IOException e) {
      throw FileException.unreadable(Path.of("standard input"), e);
    }
  }
}
