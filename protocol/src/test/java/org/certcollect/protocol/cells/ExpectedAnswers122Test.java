package org.certcollect.protocol.cells;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.certcollect.protocol.cells.Unpacked.Form;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden files of the later dialect against a table, texts and a writer that were typed by hand
 * from docs/protocol.md. What is expected comes from the name of the file alone.
 */
class ExpectedAnswers122Test {
  private static final List<Line> LINES = lines();

  /** docs/protocol.md, section 3; {@code %s} stands for the argument. */
  private static final Map<Integer, String> TEXTS =
      Map.of(
          -1, "Request was not made over https!",
          -2, "'%s' is an unrecognised argument!",
          -3, "The '%s' argument is missing!",
          -4, "The value of the '%s' argument is invalid!",
          -14, "An unknown error occurred!",
          -16,
              "Incorrect login details, account is locked, password has expired or your source IP"
                  + " is blocked.",
          -17, "Request used GET rather than POST!",
          -20, "The certificate request has been rejected!",
          -21, "The certificate has been revoked!",
          -22, "Still awaiting payment!");

  private static final Map<String, String> NAMES =
      Map.of(
          "ampersand", "a&errorCode",
          "line-end", "a?1?",
          "markup", "</script><!--",
          "quotes", "\"'\\",
          "percent-and-plus", "100%+ ",
          "beyond-ascii", "??",
          "empty", "",
          "129-characters", "n".repeat(128));

  private static final List<String> TABLE_FOLDERS =
      List.of("missing", "empty", "twice", "other-case");

  private record Line(Pattern name, String right) {
    boolean isForm() {
      return right.startsWith("as ");
    }
  }

  private static List<Line> lines() {
    try (InputStream in =
        ExpectedAnswers122Test.class.getResourceAsStream("/expected-answers-1.22.txt")) {
      return new String(in.readAllBytes(), US_ASCII)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.split(" +=> "))
          .map(sides -> new Line(Pattern.compile("v122/" + sides[0]), sides[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Cell> cells() {
    return Cells122.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aGoldenFileSaysWhatTheTableSays(Cell cell) throws Exception {
    String name = cell.name();
    Matcher line = first(name, false);
    String[] right = right(name, false).split(" ", -1);
    int status = Integer.parseInt(right[0]);
    String argument = right.length < 2 ? "" : right[1].equals("$1") ? line.group(1) : right[1];
    String shown = NAMES.getOrDefault(argument, argument);
    String text = status < 0 ? String.format(Locale.ROOT, TEXTS.get(status), shown) : "";
    Golden golden = Golden.of(cell);
    String body = new String(golden.body(), ISO_8859_1);
    String form = right(name, true).replace("as ", "");
    if (status == 2 && name.contains("responseEncoding=1")) {
      assertBinary(name, golden.contentType(), body);
    } else if (form.equals("url")) {
      assertThat(golden.contentType()).isEqualTo("application/x-www-form-urlencoded");
      assertThat(fields(body)).isEqualTo(expectedFields(name, status, text));
    } else if (form.equals("lines")) {
      assertThat(golden.contentType()).isEqualTo("text/plain");
      assertLines(name, status, text, body);
    } else {
      boolean html = name.endsWith("/text-html");
      assertThat(golden.contentType()).isEqualTo(html ? "text/html" : "text/javascript");
      assertScript(name, status, text, body, form.equals("callback"));
    }
  }

  private static Matcher first(String name, boolean form) {
    return LINES.stream()
        .filter(line -> line.isForm() == form)
        .map(line -> line.name().matcher(name))
        .filter(Matcher::matches)
        .findFirst()
        .orElse(null);
  }

  private static String right(String name, boolean form) {
    return LINES.stream()
        .filter(line -> line.isForm() == form && line.name().matcher(name).matches())
        .map(Line::right)
        .findFirst()
        .orElse("as lines");
  }

  // --- what is shown

  private static boolean shows(String name, String argument) {
    String folder = name.split("/", -1)[2];
    if (TABLE_FOLDERS.contains(folder)) {
      boolean leftOut = name.matches(".*/(missing|empty)/" + argument);
      return !leftOut && !argument.equals("showValidityPeriod");
    }
    return name.endsWith(",everything")
        || name.contains(argument + "=Y")
        || (folder.equals("numbers") && argument.equals("showExtStatus"));
  }

  private static boolean has(String name, int value) {
    return name.contains("responseType=" + value);
  }

  /** End entity first. */
  private static List<byte[]> asked(String name) {
    String fixture =
        name.contains("/expired") && name.contains("/script/")
            ? "expired"
            : name.contains("issued-alone")
                ? "chain-1"
                : name.contains("issued-without-dns-name")
                    ? "no-dns-name"
                    : ExpectedOrder.of(name).fixture();
    List<byte[]> chain = Fixtures.chain(fixture);
    boolean endEntity = name.contains("queryType=2") || name.contains("/numbers/");
    return endEntity
        ? chain.subList(0, 1)
        : name.contains("queryType=3") ? chain.subList(1, chain.size()) : chain;
  }

  private static void assertCertificates(String name, byte[] data) throws Exception {
    String raw = new String(data, ISO_8859_1);
    List<byte[]> asked = new ArrayList<>(asked(name));
    List<byte[]> found;
    if (has(name, 2) || (name.contains("/script/") && !name.contains("no-script"))) {
      found = Unpacked.of(Form.BINARY_PKCS7, raw).certificates();
    } else if (has(name, 1)) {
      found = Unpacked.netscape(data);
    } else if (has(name, 0)) {
      found = Unpacked.of(Form.ZIP, mime(data)).certificates();
    } else {
      found = Unpacked.pem(raw, "CERTIFICATE");
      Collections.reverse(asked);
    }
    assertThat(found).as(name).usingRecursiveComparison().isEqualTo(asked);
  }

  private static String mime(byte[] data) {
    return Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(data) + "\n";
  }

  private static boolean isPem(String name) {
    return !has(name, 0)
        && !has(name, 1)
        && !has(name, 2)
        && !(name.contains("/script/") && !name.contains("no-script"));
  }

  // --- the four forms

  private static void assertBinary(String name, String type, String body) throws Exception {
    boolean ssl = name.contains("CollectSSL");
    String own = has(name, 0) ? "application/zip" : "application/x-pkcs7-certificates";
    assertThat(type).isEqualTo(ssl ? own : "text/plain");
    assertCertificates(name, body.getBytes(ISO_8859_1));
  }

  private static void assertLines(String name, int status, String text, String body)
      throws Exception {
    if (status < 0) {
      assertThat(body).isEqualTo(status + "\n" + text + "\n");
      return;
    }
    ExpectedOrder order = ExpectedOrder.of(name);
    String head = status + "\n";
    if (status > 0 && shows(name, "showValidityPeriod")) {
      head += order.period().get(0) + "\n";
    }
    if (shows(name, "showFQDN")) {
      head += order.fqdn() + "\n";
    }
    List<String> last = new ArrayList<>();
    if (shows(name, "showExtStatus")) {
      last.add(order.certificate());
      last.add(order.validation());
    }
    if (shows(name, "showMDCDomainDetails") || shows(name, "showMDCDomainDetails2")) {
      last.addAll(order.domains());
    }
    if (shows(name, "showStatusDetails")) {
      last.addAll(order.checks());
    }
    String gap = status == 2 && !last.isEmpty() ? "\n" : "";
    String tail = gap + (last.isEmpty() ? "" : String.join("\n", last) + "\n");
    assertThat(body).startsWith(head).endsWith(tail);
    String block = body.substring(head.length(), body.length() - tail.length());
    if (status != 2) {
      assertThat(block).isEmpty();
    } else if (isPem(name)) {
      assertCertificates(name, block.getBytes(ISO_8859_1));
    } else {
      assertThat(block).matches("([A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{1,64}={0,2}\n");
      assertCertificates(name, Base64.getMimeDecoder().decode(block));
    }
  }

  private static void assertScript(
      String name, int status, String text, String body, boolean callback) throws Exception {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("<", "\\u003c");
    String head =
        "var g_errorCode=" + status + ";\nvar g_errorMessage=\"" + escaped + "\";\nvar g_ccc=\"";
    String function =
        name.contains("longest")
            ? "$_a.B9" + "x".repeat(58)
            : name.contains("/script/") ? "installIEXPCertificate" : "install";
    String tail = "\";\n" + (callback ? function + "();\n" : "");
    assertThat(body).startsWith(head).endsWith(tail);
    String data = body.substring(head.length(), body.length() - tail.length());
    assertThat(data).doesNotContain("\n", "\"", "<");
    if (status != 2) {
      assertThat(data).isEmpty();
    } else if (isPem(name)) {
      assertCertificates(name, data.replace("\\n", "\n").getBytes(ISO_8859_1));
    } else {
      assertCertificates(name, Base64.getDecoder().decode(data));
    }
  }

  private static List<String> fields(String body) {
    assertThat(body).matches("[A-Za-z0-9*._+%=&-]+");
    return Arrays.stream(body.split("&", -1)).map(pair -> URLDecoder.decode(pair, UTF_8)).toList();
  }

  private static List<String> expectedFields(String name, int status, String text) {
    ExpectedOrder order = ExpectedOrder.of(name);
    List<String> fields = new ArrayList<>();
    fields.add("errorCode=" + status);
    if (status < 0) {
      fields.add("errorMessage=" + text);
      if (shows(name, "showExtStatus") && (status == -20 || status == -21)) {
        fields.add("certificateStatus=" + (status == -20 ? "Rejected" : "Revoked"));
      }
      return fields;
    }
    fields.add("orderNumber=" + order.number());
    boolean period = status > 0 && shows(name, "showValidityPeriod");
    if (period) {
      fields.add("notBefore=" + order.period().get(1));
      fields.add("notAfter=" + order.period().get(2));
    }
    if (shows(name, "showFQDN")) {
      fields.add("fqdn=" + order.fqdn());
    }
    if (status == 2) {
      fields.addAll(certificateFields(name));
    }
    if (shows(name, "showExtStatus")) {
      fields.add("certificateStatus=" + order.certificate());
      fields.add("validationStatus=" + order.validation());
    }
    String domains = String.join(";", order.domains()).replace('\t', ',');
    for (String suffix : new String[] {"", "2"}) {
      if (shows(name, "showMDCDomainDetails" + suffix) && !domains.isEmpty()) {
        fields.add("mdcDomainDetails" + suffix + "=" + domains);
      }
    }
    if (shows(name, "showStatusDetails")) {
      fields.addAll(order.checks());
    }
    if (period) {
      List<String> term = order.term();
      fields.add("certificateDuration=" + term.get(0));
      fields.add("productTermStartDate=" + term.get(1));
      fields.add("productTermEndDate=" + term.get(2));
      fields.add("productTermDuration=" + term.get(3));
    }
    return fields;
  }

  /** Structures are compared with those of the golden file in lines, which is checked itself. */
  private static List<String> certificateFields(String name) {
    if (!isPem(name)) {
      String body =
          Golden.load(name.replace(",responseFormat=1", "").replace(",showExtStatus=Y", ""))
              .toString();
      String block = body.substring(body.indexOf("\n\n2\n") + 4).replace("\n", "");
      String key =
          has(name, 0) ? "zipFile" : has(name, 1) ? "netscapeCertificateSequence" : "pkcs7";
      return List.of(key + "=" + block);
    }
    List<byte[]> asked = new ArrayList<>(asked(name));
    Collections.reverse(asked);
    boolean end = name.contains("queryType=3");
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      boolean isLast = i == asked.size() - 1 && !end;
      String value = Base64.getEncoder().encodeToString(asked.get(i));
      fields.add((isLast ? "certificate=" : "caCertificate=") + value);
    }
    return fields;
  }

  @Test
  void everyLineOfTheTableDecidesForACell() {
    Set<Pattern> used = new HashSet<>();
    cells()
        .forEach(
            cell -> {
              used.add(first(cell.name(), false).pattern());
              Matcher form = first(cell.name(), true);
              if (form != null) {
                used.add(form.pattern());
              }
            });
    assertThat(LINES).allSatisfy(line -> assertThat(used).contains(line.name()));
  }
}
