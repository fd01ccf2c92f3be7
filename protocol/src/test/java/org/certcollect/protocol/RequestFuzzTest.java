package org.certcollect.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.certcollect.protocol.fixtures.FuzzInputs;
import org.certcollect.protocol.form.FormDecoder;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.v106.Specification106;
import org.certcollect.protocol.v122.Specification122;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a caller sends is read or refused, in every dialect. */
class RequestFuzzTest {
  private static final List<Dialect> DIALECTS =
      List.of(Specification106.DIALECT, Specification122.DIALECT);

  static Stream<Named<byte[]>> inputs() {
    return FuzzInputs.of(RequestFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void storedInputs(byte[] input) {
    fuzzerTestOneInput(input);
  }

  /**
   * Reads a request. The input is a char of choices, then the Content-Type, the query string and
   * the body, with line feeds between them.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = latin(input).split("\n", 3);
    if (parts.length < 3 || parts[0].isEmpty()) {
      return;
    }
    int choices = parts[0].charAt(0);
    Dialect dialect = DIALECTS.get(choices & 1);
    Endpoint endpoint = (choices & 2) == 0 ? Endpoint.COLLECT_SSL : Endpoint.COLLECT_CCC;
    Transport transport = new Transport((choices & 4) == 0, (choices & 8) == 0);
    RequestReader reader = new RequestReader(dialect, Set.of(Endpoint.COLLECT_CCC));

    List<FormField> fields =
        FormDecoder.decode(
            Optional.of(parts[1]),
            Optional.of(parts[0].substring(1)),
            parts[2].getBytes(ISO_8859_1));

    if (reader.read(endpoint, transport, fields) instanceof RefusedRequest refused) {
      assertThat(refused.response().status().code()).isNegative();
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
