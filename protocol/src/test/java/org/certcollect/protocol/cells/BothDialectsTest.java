package org.certcollect.protocol.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.certcollect.protocol.v122.Specification122;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request with the arguments and values of 1.06 alone has the same answer in both dialects, byte
 * for byte, but for four differences: the texts of -2 and -16, text structures without markers, and
 * the binary ZIP archive.
 */
class BothDialectsTest {
  private static final String PKCS7 = "-----(BEGIN|END) PKCS7-----\n";
  private static final String NETSCAPE =
      "2\n(.{21}\n)?-----BEGIN CERTIFICATE-----\n[^-]*-----END CERTIFICATE-----\n";

  static Stream<Cell> cells() {
    return Cells.all().stream().filter(cell -> !usesLaterArguments(cell.name()));
  }

  /** The argument or, on CollectCCC, the value is new. */
  private static boolean usesLaterArguments(String name) {
    return name.matches(
            ".*/unknown/(responseFormat|showFQDN|showExtStatus|baseOrderNumber)(,empty)?")
        || name.matches("CollectCCC/invalid(-by-code)?/responseEncoding,2");
  }

  @ParameterizedTest
  @MethodSource("cells")
  void theAnswerDiffersOnlyInTheFourNamedWays(Cell cell) {
    String later = Oracle.answer(cell, Specification122.DIALECT).toString();
    String earlier = Golden.of(cell).toString();
    if (isBinaryZip(cell.name())) {
      assertThat(earlier)
          .endsWith("-4\nThe value of the 'responseEncoding' argument is invalid!\n");
      assertThat(later)
          .startsWith(
              "200 OK\nContent-Type: "
                  + (cell.name().startsWith("CollectSSL") ? "application/zip" : "text/plain")
                  + "\n\nPK\3\4");
      return;
    }
    String body = earlier.substring(earlier.indexOf("\n\n") + 2);
    String head = earlier.substring(0, earlier.length() - body.length());
    assertThat(later).as("%s", cell).isEqualTo(head + translated(cell.name(), body, later));
  }

  private static boolean isBinaryZip(String name) {
    return name.matches(".*/issued[a-z-]*/queryType=1,responseType=0,responseEncoding=1.*");
  }

  private static String translated(String name, String body, String later) {
    if (body.equals("-2\nUnrecognised argument!\n")) {
      // The table of unrecognised names is in the golden files.
      assertThat(later).matches("(?s).*\n\n-2\n'[ -~]*' is an unrecognised argument!\n");
      return later.substring(later.indexOf("\n\n") + 2);
    }
    if (body.equals("-16\nPermission denied!\n")) {
      return "-16\nIncorrect login details, account is locked, password has expired or your source"
          + " IP is blocked.\n";
    }
    boolean sequence = name.contains("responseType=1") && body.matches(NETSCAPE);
    return body.replaceAll(sequence ? "-----(BEGIN|END) CERTIFICATE-----\n" : PKCS7, "");
  }
}
