package org.certcollect.server.api;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.certcollect.admin.PushAdministration;
import org.certcollect.admin.view.MessageFields;
import org.certcollect.server.http.Route.Response;
import org.certcollect.server.push.PushDelivery;
import org.certcollect.server.push.PushException;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PushSettings;

/**
 * The operations on where an account is told of changes. The password is never in an answer. Safe
 * for use by many threads.
 *
 * @param delivery the delivery of this server, which sends trials as well
 * @param adopted the codes whose key encrypts passwords, once the store is known to have it
 * @param trials lets one trial run at a time, as each keeps a thread for as long as its receiver
 *     says nothing
 */
record PushTargetOperations(
    Store store,
    Supplier<PushDelivery> delivery,
    BiFunction<Store, Actor, CollectionCodes> adopted,
    Semaphore trials)
    implements ApiOperations {

  @Override
  public Map<String, Function<ApiRequest, Response>> direct() {
    return Map.of("showPushTarget", this::show, "testPushTarget", this::test);
  }

  @Override
  public Map<String, Change> changes() {
    return Map.of(
        "setPushTarget",
        request -> whole -> set(request, whole),
        "removePushTarget",
        request ->
            whole -> {
              PushAdministration pushes = pushes(request, whole);
              PushSettings unused = require(pushes, login(request));
              pushes.remove(login(request));
              return new JsonObject().put("account", login(request));
            });
  }

  private Response show(ApiRequest request) {
    return ApiViews.response(
        ApiViews.of(
            MessageFields.of(login(request), require(pushes(request, store), login(request)))));
  }

  private JsonObject set(ApiRequest request, Store whole) {
    PushSettings settings =
        pushes(request, whole)
            .set(
                login(request),
                new PushAdministration.Wanted(
                    request.body().getString("url"),
                    request.text("user"),
                    request.text("password"),
                    request.body().getBoolean("withCertificate", false)),
                url -> delivery.get().problem(url));
    return ApiViews.of(MessageFields.of(login(request), settings));
  }

  private Response test(ApiRequest request) {
    RepeatableWrites.requireNoKey(request);
    PushSettings settings = require(pushes(request, store), login(request));
    long account = store.accounts().require(login(request)).id();
    if (!trials.tryAcquire()) {
      throw new ApiProblem(503, "busy", "another trial is running: try again afterwards");
    }
    try {
      int answer = delivery.get().trial(account, settings);
      return ApiViews.response(
          new JsonObject().put("account", login(request)).put("answer", answer));
    } catch (PushException e) {
      throw new ApiProblem(502, "push-not-taken", String.valueOf(e.getMessage()));
    } finally {
      trials.release();
    }
  }

  private static PushSettings require(PushAdministration pushes, String login) {
    return pushes
        .find(login)
        .orElseThrow(
            () ->
                new ApiProblem(404, "no-push-target", "the account has no URL: it is told nothing")
                    .with("login", login));
  }

  private PushAdministration pushes(ApiRequest request, Store whole) {
    return new PushAdministration(whole, request.actor(), by -> adopted.apply(whole, by));
  }

  private static String login(ApiRequest request) {
    return request.parameter("login");
  }
}
