package org.certcollect.protocol.cells;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.constraints.StringLength;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.Law;
import org.certcollect.protocol.RefusedRequest;
import org.certcollect.protocol.RequestReader;
import org.certcollect.protocol.Transport;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.v122.Specification122;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * The answers that are scripts, run by a JavaScript engine in a page with the client's function.
 */
class ScriptAnswersTest {
  /** A function as clients have it: it takes no arguments and reads a variable. */
  private static final String PAGE =
      "var seen = []; function installed() { seen.push(g_ccc); }"
          + "var install = installed, installIEXPCertificate = installed,"
          + " $_a = { B9%s: installed };".formatted("x".repeat(58));

  /** The variables of the page after the script. */
  private record Page(int code, String message, String certificates, List<String> seen) {}

  static Stream<Cell> cells() {
    return Cells122.all().stream()
        .filter(cell -> Golden.of(cell).toString().contains("var g_errorCode"));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aScriptSetsThreeVariablesAndCallsTheFunction(Cell cell) {
    String body = new String(Golden.of(cell).body(), US_ASCII);
    assertThat(body).doesNotContain("<");
    Page page = run(body);
    assertThat(page.message().isEmpty()).isEqualTo(page.code() >= 0);
    assertThat(page.certificates().isEmpty()).as("%s", cell).isEqualTo(page.code() != 2);
    boolean calls = body.endsWith("();\n");
    assertThat(page.seen()).isEqualTo(calls ? List.of(page.certificates()) : List.of());
    assertThat(page.certificates()).matches("([A-Za-z0-9+/]+=*)?|(?s)-----BEGIN CERT.*-----\n");
  }

  @Law
  void noNameOfAnArgumentBreaksTheScript(@ForAll @StringLength(min = 1, max = 200) String name) {
    List<FormField> fields =
        List.of(new FormField("responseEncoding", "2"), new FormField("?" + name, ""));
    RefusedRequest refused =
        (RefusedRequest)
            new RequestReader(Specification122.DIALECT, Set.of())
                .read(Endpoint.COLLECT_CCC, new Transport(true, true), fields);
    Page page = run(new String(refused.response().body(), US_ASCII));
    assertThat(page.code()).isEqualTo(-2);
    assertThat(page.message()).matches("'\\?[ -~]*' is an unrecognised argument!");
  }

  private static Page run(String script) {
    try (Context context = Context.enter()) {
      context.setInterpretedMode(true);
      Scriptable scope = context.initStandardObjects();
      context.evaluateString(scope, PAGE, "page", 1, null);
      context.evaluateString(scope, script, "answer", 1, null);
      Object seen = context.evaluateString(scope, "seen.join()", "page", 1, null);
      Object calls = context.evaluateString(scope, "seen.length", "page", 1, null);
      return new Page(
          ((Number) ScriptableObject.getProperty(scope, "g_errorCode")).intValue(),
          Context.toString(ScriptableObject.getProperty(scope, "g_errorMessage")),
          Context.toString(ScriptableObject.getProperty(scope, "g_ccc")),
          ((Number) calls).intValue() == 0 ? List.of() : List.of(Context.toString(seen)));
    }
  }
}
