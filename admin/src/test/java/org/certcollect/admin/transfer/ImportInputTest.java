package org.certcollect.admin.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.certcollect.admin.InvalidInputException;
import org.junit.jupiter.api.Test;

/** The look at the header of a stream, which can be read only once. */
class ImportInputTest {
  private static final byte[] HEADER =
      "{\"format\":\"certcollect\",\"version\":2}".getBytes(StandardCharsets.UTF_8);
  private static final int MORE = 1 << 20;

  /** A header of some length, with blanks at its end, and lines after it. */
  private static byte[] input(int length) {
    byte[] input = Arrays.copyOf(HEADER, length + MORE);
    Arrays.fill(input, HEADER.length, length, (byte) ' ');
    Arrays.fill(input, length, input.length, (byte) '\n');
    return input;
  }

  @Test
  void allOfTheStreamComesAgain() throws IOException {
    for (int length : new int[] {HEADER.length, Format.MAX_LINE_BYTES}) {
      byte[] input = input(length);
      try (InputStream whole = ImportInput.withHeader(new ByteArrayInputStream(input))) {
        assertThat(whole.readAllBytes()).isEqualTo(input);
      }
    }
  }

  @Test
  void aStreamWithoutAHeaderIsRefused() {
    byte[] tooLong = input(Format.MAX_LINE_BYTES + 1);
    for (byte[] input : new byte[][] {tooLong, new byte[0], new byte[] {'{', '}', '\n'}}) {
      assertThatThrownBy(() -> ImportInput.withHeader(new ByteArrayInputStream(input)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("does not begin with the line");
    }
  }

  @Test
  void aStreamThatFailsIsNoWrongInput() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] buffer, int from, int length) throws IOException {
            return read();
          }
        };
    assertThatThrownBy(() -> ImportInput.withHeader(broken)).isInstanceOf(IOException.class);
  }
}
