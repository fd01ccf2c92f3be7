package org.certcollect.protocol.cells;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * An answer as a golden file has it: the status line, the Content-Type, an empty line, each ended
 * by LF, and the body, byte for byte. Read from the class path, so that other modules find it.
 */
public final class Golden {
  private static final String HEAD = "200 OK\nContent-Type: ";

  private final byte[] file;

  private Golden(byte[] file) {
    this.file = file;
  }

  /** The answer that a cell must get. */
  public static Golden of(Cell cell) {
    return load(cell.name());
  }

  /**
   * The answer in the golden file of a name.
   *
   * @throws IllegalArgumentException when there is no such file
   */
  public static Golden load(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".http")) {
      if (in == null) {
        throw new IllegalArgumentException("no golden file for " + name);
      }
      return new Golden(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the golden file of " + name, e);
    }
  }

  /** An answer with HTTP status 200 that was received or computed. */
  public static Golden of(String contentType, byte[] body) {
    byte[] head = (HEAD + contentType + "\n\n").getBytes(ISO_8859_1);
    byte[] file = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, file, head.length, body.length);
    return new Golden(file);
  }

  /** The value of the header. */
  public String contentType() {
    String text = toString();
    return text.substring(HEAD.length(), text.indexOf("\n\n"));
  }

  /** The body, byte for byte; a HEAD request gets the same header and no body. */
  public byte[] body() {
    return Arrays.copyOfRange(file, toString().indexOf("\n\n") + 2, file.length);
  }

  /** The whole file. */
  public byte[] bytes() {
    return file.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Golden that && Arrays.equals(file, that.file);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(file);
  }

  /** One char for each byte, so that a failed comparison shows what differs. */
  @Override
  public String toString() {
    return new String(file, ISO_8859_1);
  }
}
