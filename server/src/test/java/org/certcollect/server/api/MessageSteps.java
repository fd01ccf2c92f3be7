package org.certcollect.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.server.api.ApiCaller.assertProblem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.server.push.ScriptedReceiver;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.Event;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.Product;

/** The steps of the test of the API that are about e-mails and push notifications. */
record MessageSteps(
    TestServer server, ApiCaller caller, CheckedApi api, ScriptedReceiver receiver) {
  private static final String PASSWORD = "KanariePassword";

  private static JsonObject with(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  private void account(String login) throws IOException {
    JsonArray ssl = new JsonArray().add("ssl");
    api.done("addAccount", "/v1/accounts", with("login", login).put("products", ssl));
  }

  private String url() {
    return "http://127.0.0.1:" + receiver.port() + "/in";
  }

  void tellAnAccountAtItsUrl() throws IOException {
    String push = "/v1/accounts/kappa/push";
    assertProblem(api.checked("showPushTarget", caller.get(push)), 404, "unknown-account");
    account("kappa");
    assertProblem(api.post("testPushTarget", push + "/test", ""), 404, "no-push-target");
    assertProblem(api.post("removePushTarget", push + "/remove", ""), 404, "no-push-target");
    JsonObject wanted = with("url", url()).put("user", "me").put("password", PASSWORD);
    JsonObject shown =
        wanted.copy().put("account", "kappa").put("password", true).put("withCertificate", false);
    assertThat(api.done("setPushTarget", push, wanted)).isEqualTo(shown);
    assertThat(api.read("showPushTarget", push)).isEqualTo(shown);
    assertProblem(
        api.post("setPushTarget", push, with("url", "https://a.example").put("user", "me")),
        422,
        "invalid-input");
    HttpResponse<String> forbidden =
        api.post("setPushTarget", push, with("url", "http://10.0.0.1/"));
    assertProblem(forbidden, 422, "invalid-input");
    assertThat(forbidden.body()).contains("push.networks can allow it");
    HttpResponse<String> bad =
        api.post("setPushTarget", push, with("url", "https://me:" + PASSWORD + "@a.example"));
    assertProblem(bad, 422, "invalid-input");
    assertThat(bad.body()).doesNotContain(PASSWORD);

    assertThat(api.done("testPushTarget", push + "/test", "").getInteger("answer")).isEqualTo(200);
    receiver.answers.add("500 " + PASSWORD);
    HttpResponse<String> refused = api.post("testPushTarget", push + "/test", "");
    assertProblem(refused, 502, "push-not-taken");
    assertThat(refused.body()).contains("the answer was 500").doesNotContain(PASSWORD);
    api.done("removePushTarget", push + "/remove", "");
    assertProblem(api.checked("showPushTarget", caller.get(push)), 404, "no-push-target");
    assertThat(server.store().events().ofAccount("kappa"))
        .extracting(Event::action)
        .endsWith("account.push", "account.no-push");
  }

  /** This server sends no mails, so they wait. */
  void manageMails() throws IOException {
    account("lambda");
    JsonObject address = with("email", "l@example.com");
    api.done("changeAccountContact", "/v1/accounts/lambda/contact", address);
    Store mailing = server.store().mailing(Set.of(MailKind.REVOKED), () -> {});
    for (long number = 901; number <= 903; number++) {
      server.order("lambda", Product.SSL, number);
      server.issue(number, "chain-3");
      mailing.orders().revoke(number, Optional.empty(), TestServer.TESTER);
    }
    List<Long> ids = ids("listMail", "/v1/mails", "mails");
    assertThat(ids).hasSize(3).isSorted();
    assertThat(ids("listMail", "/v1/mails?failed=true", "mails")).isEmpty();
    JsonObject first = page("listMail", "/v1/mails?failed=false&limit=1", "mails");
    assertThat(first.getJsonArray("mails").getJsonObject(0).getString("to"))
        .isEqualTo("l@example.com");
    assertThat(ids("listMail", "/v1/mails?cursor=" + first.getString("next"), "mails"))
        .isEqualTo(ids.subList(1, 3));
    assertProblem(
        api.checked("listMail", caller.get("/v1/mails?failed=yes")), 400, "invalid-request");
    String path = "/v1/mails/" + ids.get(0);
    assertThat(api.done("retryMail", path + "/retry", "").getInteger("retried")).isEqualTo(1);
    assertThat(api.done("retryFailedMail", "/v1/mails/retry-failed", "").getInteger("retried"))
        .isZero();
    assertThat(api.done("dropMail", path + "/drop", with("reason", "no use")).getLong("dropped"))
        .isEqualTo(ids.get(0));
    assertProblem(api.post("dropMail", path + "/drop", ""), 404, "unknown-mail");
    assertProblem(api.post("retryMail", path + "/retry", ""), 404, "unknown-mail");
    assertProblem(api.post("dropMail", "/v1/mails/x/drop", ""), 404, "unknown-mail");
    assertThat(server.store().events().ofOrder(901))
        .extracting(event -> event.actor() + " " + event.detail().orElse(""))
        .contains("api:all revoked to l@example.com: no use");
  }

  void managePushes() throws IOException {
    account("my");
    receiver.answers.addAll(Collections.nCopies(20, "404 Not Found"));
    api.done("setPushTarget", "/v1/accounts/my/push", with("url", url()));
    server.order("my", Product.SSL, 911);
    api.done("rejectOrder", "/v1/orders/911/reject", "");
    Await.until(
        "it was refused",
        () ->
            !server.store().pushes().list(false, 0, 9).isEmpty()
                && server.store().pushes().list(false, 0, 9).get(0).error().isPresent());
    JsonObject push =
        page("listPush", "/v1/pushes", "pushes").getJsonArray("pushes").getJsonObject(0);
    assertThat(
            push.getString("account")
                + " "
                + push.getString("status")
                + " "
                + push.getString("error"))
        .isEqualTo("my rejected the answer was 404");
    assertThat(ids("listPush", "/v1/pushes?failed=true", "pushes")).isEmpty();
    String path = "/v1/pushes/" + push.getLong("id");
    assertThat(api.done("retryPush", path + "/retry", "").getInteger("retried")).isEqualTo(1);
    assertThat(api.done("retryFailedPush", "/v1/pushes/retry-failed", "").getInteger("retried"))
        .isZero();
    assertThat(api.done("dropPush", path + "/drop", "").getLong("dropped"))
        .isEqualTo(push.getLong("id"));
    assertProblem(api.post("dropPush", path + "/drop", ""), 404, "unknown-push");
    assertThat(ids("listPush", "/v1/pushes", "pushes")).isEmpty();
    api.done("removePushTarget", "/v1/accounts/my/push/remove", "");
  }

  private JsonObject page(String operation, String path, String name) throws IOException {
    JsonObject page = api.read(operation, path);
    assertThat(page.getJsonArray(name)).isNotNull();
    return page;
  }

  private List<Long> ids(String operation, String path, String name) throws IOException {
    return page(operation, path, name).getJsonArray(name).stream()
        .map(each -> ((JsonObject) each).getLong("id"))
        .toList();
  }
}
