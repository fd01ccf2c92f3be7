package org.certcollect.server.api;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.certcollect.admin.view.Fields;
import org.certcollect.admin.view.MessageFields;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.Messages;
import org.certcollect.store.Outbox;
import org.certcollect.store.Pushes;
import org.certcollect.store.Store;

/**
 * The operations on messages of one kind that wait or were given up. Safe for use by many threads.
 *
 * @param names the name of the list, which is its path as well
 * @param suffix the end of the ids of the operations, for example {@code Push} of {@code retryPush}
 */
record MessageOperations<M extends Messages.Entry>(
    Store store,
    String names,
    String suffix,
    Function<Store, Messages<M>> messages,
    Function<M, Fields> fields)
    implements ApiOperations {

  static MessageOperations<Outbox.Message> mails(Store store) {
    return new MessageOperations<>(store, "mails", "Mail", Store::outbox, MessageFields::of);
  }

  static MessageOperations<Pushes.Notification> pushes(Store store) {
    return new MessageOperations<>(store, "pushes", "Push", Store::pushes, MessageFields::of);
  }

  @Override
  public Map<String, Function<ApiRequest, Response>> direct() {
    return Map.of("list" + suffix, this::list);
  }

  @Override
  public Map<String, Change> changes() {
    return Map.of(
        "retry" + suffix,
        request -> {
          OptionalLong id = OptionalLong.of(id(request));
          return whole -> retry(request, whole, id);
        },
        "retryFailed" + suffix,
        request -> whole -> retry(request, whole, OptionalLong.empty()),
        "drop" + suffix,
        request -> {
          long id = id(request);
          Optional<String> reason = request.text("reason");
          return whole -> {
            messages.apply(whole).drop(id, reason, request.actor());
            return new JsonObject().put("dropped", id);
          };
        });
  }

  private Response list(ApiRequest request) {
    ApiPage page = ApiPage.of(request);
    List<M> found =
        messages
            .apply(store)
            .list(
                request.query().getBoolean("failed", false), page.afterNumber(), page.limit() + 1);
    return page.response(
        names, found, each -> ApiViews.of(fields.apply(each)), each -> Long.toString(each.id()));
  }

  private JsonObject retry(ApiRequest request, Store whole, OptionalLong id) {
    return new JsonObject().put("retried", messages.apply(whole).retry(id, request.actor()));
  }

  private long id(ApiRequest request) {
    String id = request.parameter("id");
    if (!id.matches("[0-9]{1,18}")) {
      throw new ApiProblem(404, "unknown-" + suffix.toLowerCase(Locale.ROOT), "an id is a number");
    }
    return Long.parseLong(id);
  }
}
