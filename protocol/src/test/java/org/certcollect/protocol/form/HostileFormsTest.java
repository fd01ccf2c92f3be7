package org.certcollect.protocol.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies, boundaries and headers made to keep a backtracking or recursing matcher busy. Four times
 * the limit on bodies, so that quadratic growth shows.
 */
class HostileFormsTest {
  private static final int SIZE = 64 * 1024;

  /** About a millisecond each; a quadratic matcher takes minutes. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final String PART = "--b\r\nContent-Disposition: form-data; name=";

  static Stream<String> pieces() {
    return Stream.of(
        "\r",
        "\n",
        "\r\n",
        "\r\n\r\n",
        "-",
        "\n-",
        "\n--",
        "\n--b",
        "\r\n--b",
        "\n--b ",
        "\n--b--",
        "\n--b\n",
        "\n--b \t",
        " ",
        "\t",
        ";",
        "; ",
        ";a",
        ";a=",
        ";a=\"",
        ";a=\"\\",
        "\\",
        "\\\\",
        "\\\"",
        "\"",
        "=",
        "a",
        "a=",
        "&",
        "%",
        "%4",
        "%41",
        "+",
        "content-disposition",
        "content-disposition:\n",
        "\ncontent-disposition: form-data; name=\"",
        "content-type ",
        "content-type: a;charset=\"",
        "\u0085",
        "\0",
        "\u00ff");
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void aBodyOfRepeatedPiecesIsDecodedAtOnce(String piece) {
    String run = repeat(piece);
    List<String> bodies =
        List.of(
            run,
            "--b" + run,
            PART + run,
            PART + "\"a\"" + run,
            PART + "\"" + run,
            PART + "\"a\"\r\n\r\n" + run,
            "--b\r\ncontent-disposition" + run + "\r\n\r\n1",
            "--b\r\ncontent-type:a;charset=\"" + run + "\"\r\n\r\n1");
    assertTimeout(
        LIMIT,
        () -> {
          for (String body : bodies) {
            assertThat(decode("multipart/form-data;boundary=b", body)).isNotNull();
            assertThat(decode("", body)).isNotNull();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void aContentTypeOfRepeatedPiecesIsReadAtOnce(String piece) {
    String run = repeat(piece);
    List<String> types =
        List.of(
            run,
            "multipart/form-data" + run,
            "multipart/form-data;" + run,
            "multipart/form-data;boundary=\"" + run,
            "multipart/form-data;boundary=\"" + run + "\"",
            "multipart/form-data;boundary=b;charset=\"" + run + "\"");
    assertTimeout(
        LIMIT, () -> types.forEach(type -> assertThat(decode(type, "--b\n" + run)).isNotNull()));
  }

  private static String repeat(String piece) {
    return piece.repeat(SIZE / piece.length());
  }

  private static List<FormField> decode(String type, String body) {
    return FormDecoder.decode(Optional.empty(), Optional.of(type), body.getBytes(ISO_8859_1));
  }
}
