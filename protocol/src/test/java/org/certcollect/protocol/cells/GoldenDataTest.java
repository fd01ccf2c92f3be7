package org.certcollect.protocol.cells;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.protocol.cells.Unpacked.Form.BINARY_PKCS7;
import static org.certcollect.protocol.cells.Unpacked.Form.NETSCAPE;
import static org.certcollect.protocol.cells.Unpacked.Form.PEM;
import static org.certcollect.protocol.cells.Unpacked.Form.PKCS7;
import static org.certcollect.protocol.cells.Unpacked.Form.ZIP;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.certcollect.protocol.cells.ExpectedAnswers.Expected;
import org.certcollect.protocol.cells.Unpacked.Form;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The certificates in the golden files, read by Bouncy Castle and the JDK: which ones, in which
 * order, in which form. What is expected comes from the name of the file alone.
 */
class GoldenDataTest {
  private static final List<Expected> LINES = ExpectedAnswers.lines();

  static Stream<Cell> cells() {
    return Cells.all().stream()
        .filter(c -> ExpectedAnswers.of(LINES, c.name()).orElseThrow().status() == 2);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void theCertificatesAreThoseThatTheCellAsksFor(Cell cell) throws Exception {
    Expected expected = ExpectedAnswers.of(LINES, cell.name()).orElseThrow();
    byte[] body = Golden.of(cell).body();
    int head = expected.binary() ? 0 : expected.period() ? "2\n".length() + 22 : "2\n".length();
    String text = new String(body, head, body.length - head, ISO_8859_1);
    Form form = form(cell, expected);
    List<byte[]> asked = asked(cell, form);
    Unpacked unpacked = Unpacked.of(form, text);
    assertThat(unpacked.certificates()).as("%s", cell).usingRecursiveComparison().isEqualTo(asked);
  }

  private static Form form(Cell cell, Expected expected) {
    String name = cell.name();
    if (expected.binary()) {
      return BINARY_PKCS7;
    }
    if (name.contains("responseType=0")) {
      return ZIP;
    }
    if (name.contains("responseType=1")) {
      return NETSCAPE;
    }
    boolean asksForAll =
        name.matches(".*/(missing|empty|accepted|twice|other-case)(-by-code)?/.*")
            && !name.matches(".*/(missing|empty)(-by-code)?/responseType")
            && !name.contains("beside-login");
    return name.contains("responseType=2") || asksForAll ? PKCS7 : PEM;
  }

  /** docs/protocol.md, section 5. */
  private static List<byte[]> asked(Cell cell, Form form) {
    List<byte[]> chain = Fixtures.chain(chain(cell.name()));
    List<byte[]> issuers = chain.subList(1, chain.size());
    List<byte[]> asked = new ArrayList<>();
    if (cell.name().contains("queryType=2")) {
      asked.add(chain.get(0));
    } else if (cell.name().contains("queryType=3")) {
      asked.addAll(issuers);
    } else {
      asked.addAll(chain);
    }
    if (form == PEM) {
      List<byte[]> reversed = new ArrayList<>();
      asked.forEach(certificate -> reversed.add(0, certificate));
      return reversed;
    }
    return asked;
  }

  private static String chain(String name) {
    if (name.contains("issued-alone")) {
      return "chain-1";
    }
    if (name.contains("issued-without-dns-name")) {
      return "no-dns-name";
    }
    return name.contains("expired") ? "expired" : "chain-3";
  }
}
