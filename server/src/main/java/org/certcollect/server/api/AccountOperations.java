package org.certcollect.server.api;

import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.certcollect.admin.AccountAdministration;
import org.certcollect.admin.AccountAdministration.Given;
import org.certcollect.admin.EnumWords;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException;

/** The operations on accounts. Safe for use by many threads. */
record AccountOperations(Store store) implements ApiOperations {
  @Override
  public Map<String, Function<ApiRequest, Response>> direct() {
    return Map.of("listAccounts", this::list, "showAccount", this::show);
  }

  @Override
  public Map<String, Change> changes() {
    return Map.of(
        "addAccount", AccountOperations::add,
        "enableAccount", (request, whole) -> turn(request, whole, true),
        "disableAccount", (request, whole) -> turn(request, whole, false),
        "allowProducts", AccountOperations::allow,
        "denyProducts", AccountOperations::deny,
        "changePassword", AccountOperations::changePassword);
  }

  private Response list(ApiRequest request) {
    ApiPage page = ApiPage.of(request);
    List<Account> found = store.accounts().list(page.after().orElse(""), page.limit() + 1);
    return page.response("accounts", found, ApiViews::of, Account::login);
  }

  private Response show(ApiRequest request) {
    String login = login(request);
    Account account =
        store
            .accounts()
            .find(login)
            .orElseThrow(
                () ->
                    RefusedException.ofAccount(
                        RefusedException.Reason.UNKNOWN_ACCOUNT,
                        login,
                        "there is no such account"));
    return ApiViews.response(
        ApiViews.of(account)
            .put("events", ApiViews.array(store.events().ofAccount(login), ApiViews::of)));
  }

  private static JsonObject add(ApiRequest request, Store whole) {
    return changed(
        new AccountAdministration(whole, request.actor())
            .add(request.body().getString("login"), password(request), products(request)));
  }

  private static JsonObject changePassword(ApiRequest request, Store whole) {
    return changed(
        new AccountAdministration(whole, request.actor())
            .changePassword(login(request), password(request), Optional.empty()));
  }

  private static Optional<Given> password(ApiRequest request) {
    return request.text("password").map(text -> new Given(text, false));
  }

  private static JsonObject changed(AccountAdministration.Changed changed) {
    JsonObject json = ApiViews.of(changed.account());
    changed.password().ifPresent(password -> json.put("password", password));
    return json;
  }

  private static JsonObject turn(ApiRequest request, Store whole, boolean on) {
    return ApiViews.of(whole.accounts().setEnabled(login(request), on, request.actor()));
  }

  private static JsonObject allow(ApiRequest request, Store whole) {
    return ApiViews.of(whole.accounts().allow(login(request), products(request), request.actor()));
  }

  private static JsonObject deny(ApiRequest request, Store whole) {
    return ApiViews.of(whole.accounts().deny(login(request), products(request), request.actor()));
  }

  private static String login(ApiRequest request) {
    return request.parameter("login");
  }

  private static Set<Product> products(ApiRequest request) {
    Set<Product> products = EnumSet.noneOf(Product.class);
    request
        .body()
        .getJsonArray("products")
        .forEach(
            word -> products.add(EnumWords.read(Product.class, word.toString()).orElseThrow()));
    return products;
  }
}
