package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.certcollect.admin.OrderFinder;
import org.certcollect.server.api.ApiDocument.Operation;
import org.certcollect.server.html.Html;
import org.certcollect.server.http.Route.Request;
import org.certcollect.server.http.Route.Response;
import org.certcollect.server.status.StatusPage;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.Store;

/**
 * The page for operators, whose callers are those of the admin API: the token is the password of
 * HTTP Basic, for which a browser asks, so that the page needs no cookie and no script. A search is
 * a POST, because what was searched for should be in no history. Nothing here changes anything.
 * Safe for use by many threads.
 */
final class OperatorPage {
  static final String PATH = "/";
  static final int MAX_BODY_BYTES = 2_048;

  static final Operation SEARCH = operation("searchPage", "POST", Optional.of(Scope.READ));
  static final Operation STATE = operation("statusPage", "GET", Optional.of(Scope.READ));
  static final Operation OPEN = operation("statusPage", "GET", Optional.empty());

  private final Store store;
  private final StatusPage page;

  OperatorPage(Store store, Clock clock) {
    this.store = store;
    page = new StatusPage(clock);
  }

  /**
   * The outcome of the login of a request.
   *
   * @param isTaken whether a credential has it
   * @param refusal why it was not taken; empty if it was, or there is none
   */
  record Login(boolean isTaken, String refusal) {
    static final Login NONE = new Login(false, "");
    static final Login TAKEN = new Login(true, "");
  }

  private static Operation operation(String id, String method, Optional<Scope> scope) {
    return new Operation(id, method, PATH, scope, Map.of(), Optional.empty(), false);
  }

  /**
   * The state.
   *
   * @param searchable whether there is a token with which orders could be searched
   */
  Response state(Map<String, Object> state, boolean searchable, Login login) {
    return response(200, page.state(state, login.isTaken(), searchable, login.refusal()));
  }

  Response search(ApiRequest request) {
    String text = text(request.http());
    return response(200, page.found(text, OrderFinder.find(store, text, StatusPage.MAX_FOUND + 1)));
  }

  private static String text(Request http) {
    try {
      List<String> sent =
          new QueryStringDecoder(new String(http.body().get(), US_ASCII), false)
              .parameters()
              .getOrDefault("q", List.of());
      if (sent.size() == 1
          && !sent.get(0).isBlank()
          && sent.get(0).length() <= StatusPage.MAX_TEXT) {
        return sent.get(0).strip();
      }
    } catch (IllegalArgumentException e) {
      // The exception below says what it should have been.
    }
    throw new ApiProblem(
        400,
        "invalid-request",
        "the text to search for must have 1 to " + StatusPage.MAX_TEXT + " characters");
  }

  /** The page that tells a problem. */
  Response problem(ApiProblem problem, String id) {
    String name = problem.name().replace('-', ' ');
    String title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    Response response = response(problem.status(), page.problem(title, problem.getMessage() + "."));
    for (Map.Entry<String, String> field : problem.fields().entrySet()) {
      response = response.with(field.getKey(), field.getValue());
    }
    return response.with("Request-Id", id);
  }

  private static Response response(int status, Html page) {
    return new Response(
        status, "text/html; charset=utf-8", StatusPage.headers(), page.markup().getBytes(US_ASCII));
  }
}
