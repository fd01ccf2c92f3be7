package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.certcollect.server.http.Route.Response;

/**
 * One page of a list. The next one begins after a key, which the cursor holds. The key is no
 * secret, but its form may change: clients must not make or read one.
 *
 * @param after the key of the last element before the page; empty for the first page
 */
record ApiPage(Optional<String> after, int limit) {
  private static final int LIMIT = 100;

  static ApiPage of(ApiRequest request) {
    Optional<String> cursor = Optional.ofNullable(request.query().getString("cursor"));
    return new ApiPage(cursor.map(ApiPage::key), request.query().getInteger("limit", LIMIT));
  }

  private static String key(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    } catch (IllegalArgumentException e) {
      throw badCursor();
    }
  }

  /** The number that the page begins after, of a list that is sorted by numbers. */
  long afterNumber() {
    try {
      return Long.parseLong(after.orElse("0"));
    } catch (NumberFormatException e) {
      throw badCursor();
    }
  }

  static ApiProblem badCursor() {
    return new ApiProblem(400, "bad-cursor", "the cursor is not one that a page before gave");
  }

  /**
   * The response for a page.
   *
   * @param found up to one element more than the page holds, which tells whether there are more
   */
  <T> Response response(
      String name, List<T> found, Function<T, JsonObject> view, Function<T, String> key) {
    List<T> page = found.subList(0, Math.min(limit, found.size()));
    JsonObject json = new JsonObject().put(name, ApiViews.array(page, view));
    if (found.size() > limit) {
      byte[] last = key.apply(page.get(limit - 1)).getBytes(UTF_8);
      json.put("next", Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
    return ApiViews.response(json);
  }
}
