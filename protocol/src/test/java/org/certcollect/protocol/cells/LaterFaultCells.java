package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.LOGIN_PASSWORD;
import static org.certcollect.protocol.cells.ArgumentNames.QUERY_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_ENCODING;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_TYPE;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.cells.Cell.Method;

/** Every refusal, in the form that was asked for before any check. */
final class LaterFaultCells {
  private static final String FOLDER = "refused";

  private LaterFaultCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return Stream.of(
            faults(endpoint), situations(endpoint), names(endpoint), contradictions(endpoint))
        .flatMap(cells -> cells);
  }

  /** The later dialect's ways to ask for a form, on either endpoint. */
  private static Map<String, String> forms() {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("lines", "");
    forms.put("responseFormat=1", "&responseFormat=1");
    forms.put("responseEncoding=1,responseFormat=1", "&responseEncoding=1&responseFormat=1");
    forms.put("script", "&responseEncoding=2");
    forms.put("script,callback", "&responseEncoding=2&callbackFunctionName=install");
    forms.put("script,responseFormat=1", "&responseEncoding=2&responseFormat=1");
    return forms;
  }

  private static Stream<Cell> faults(Endpoint endpoint) {
    RequestFields right = RequestFields.byLogin(endpoint, Situation.ISSUED);
    return forms().entrySet().stream()
        .flatMap(
            form -> {
              String more = form.getValue();
              String name = "," + form.getKey();
              return Stream.of(
                  cell(right, more, "http" + name).overHttp(),
                  cell(right, more, "GET" + name).with(Method.GET),
                  cell(right, more, "HEAD" + name).with(Method.HEAD),
                  cell(right, more + "&other=1", "unknown-argument" + name),
                  cell(right.without(LOGIN_PASSWORD), more, "missing-password" + name),
                  cell(right.with(QUERY_TYPE, "4"), more, "invalid-queryType" + name),
                  cell(
                      new RequestFields(endpoint, Situation.ISSUED, List.of()),
                      more,
                      "no-other-arguments" + name));
            });
  }

  /** The refusals of requests that were understood. */
  private static Stream<Cell> situations(Endpoint endpoint) {
    String[] forms =
        endpoint == Endpoint.COLLECT_SSL
            ? new String[] {
              "", "&responseFormat=1", "&showExtStatus=Y", "&responseFormat=1&showExtStatus=Y"
            }
            : new String[] {"&responseEncoding=2&callbackFunctionName=install"};
    return Arrays.stream(Situation.values())
        .filter(situation -> situation.isByLogin() && isRefused(situation))
        .flatMap(
            situation ->
                Arrays.stream(forms)
                    .map(
                        form ->
                            cell(
                                RequestFields.byLogin(endpoint, situation),
                                form,
                                situation.slug()
                                    + form.replace('&', ',')
                                        .replace(",callbackFunctionName=install", ""))));
  }

  private static boolean isRefused(Situation situation) {
    return switch (situation) {
      case ISSUED,
          ISSUED_ALONE,
          ISSUED_WITHOUT_DNS_NAME,
          EXPIRED,
          PROCESSING,
          CODE_UNKNOWN,
          PASSWORD_WITH_BLANKS,
          PASSWORD_WITH_PERCENT,
          PASSWORD_WITH_UMLAUTS,
          LONGEST_LOGIN,
          HIGHEST_ORDER_NUMBER ->
          false;
      default -> true;
    };
  }

  /** Names that must not break the form that they are echoed in. */
  private static Stream<Cell> names(Endpoint endpoint) {
    RequestFields right = RequestFields.byLogin(endpoint, Situation.ISSUED);
    Map<String, String> names = new LinkedHashMap<>();
    names.put("ampersand", "a%26errorCode=1");
    names.put("line-end", "a%0A1%0D=1");
    names.put("markup", "%3C/script%3E%3C!--=1");
    names.put("quotes", "%22'%5C=1");
    names.put("percent-and-plus", "100%25%2B+=1");
    names.put("beyond-ascii", "%C3%BC%F0%9F%94%91=1");
    names.put("empty", "=1");
    names.put("129-characters", "n".repeat(129) + "=1");
    return names.entrySet().stream()
        .flatMap(
            name ->
                Stream.of("", "&responseFormat=1", "&responseEncoding=2")
                    .map(
                        form ->
                            cell(
                                right,
                                "&" + name.getValue() + form,
                                "name-with-" + name.getKey() + form.replace('&', ','))));
  }

  /** The format twice, elsewhere, or written otherwise. */
  private static Stream<Cell> contradictions(Endpoint endpoint) {
    RequestFields wrong = RequestFields.byLogin(endpoint, Situation.WRONG_PASSWORD);
    Optional<String> form = Optional.of(RequestFields.FORM);
    return Stream.of(
        cell(wrong, "&responseFormat=1&responseFormat=1", "format-twice"),
        cell(wrong, "&responseFormat=1&responseFormat=0", "format-1-and-0"),
        cell(wrong, "&responseFormat=0&responseFormat=1", "format-0-and-1"),
        cell(wrong, "&responseFormat=&responseFormat=1", "format-empty-and-1"),
        cell(wrong, "&responseFormat=01", "format-01"),
        cell(wrong, "&responseFormat=0", "format-0"),
        cell(wrong, "&responseFormat=2", "format-2"),
        cell(wrong, "&responseFormat=", "format-empty"),
        cell(wrong, "&RESPONSEFORMAT=1", "format-in-capitals"),
        cell(wrong, "&responseEncoding=2&responseEncoding=0", "script-and-text"),
        wrong.cell(
            Optional.of("responseFormat=1"), form, wrong.encoded(), FOLDER, "format-in-query"),
        wrong.cell(
            Optional.of(wrong.encoded() + "&responseFormat=1"),
            Optional.empty(),
            "",
            FOLDER,
            "everything-in-query"),
        cell(
            RequestFields.byLogin(endpoint, Situation.ISSUED)
                .with(RESPONSE_TYPE, "1")
                .with(RESPONSE_ENCODING, "1"),
            "&responseFormat=1",
            "binary-netscape"));
  }

  private static Cell cell(RequestFields fields, String more, String name) {
    String body = fields.encoded() + more;
    return fields.cell(
        Optional.empty(),
        Optional.of(RequestFields.FORM),
        body.startsWith("&") ? body.substring(1) : body,
        FOLDER,
        name);
  }
}
