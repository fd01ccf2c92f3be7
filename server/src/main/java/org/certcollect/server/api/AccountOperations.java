package org.certcollect.server.api;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.certcollect.admin.AccountAdministration;
import org.certcollect.admin.AccountAdministration.Given;
import org.certcollect.admin.AccountAdministration.Hashed;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.Account;
import org.certcollect.store.Accounts;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.Product;

/** The operations on accounts. Safe for use by many threads. */
record AccountOperations(Store store, Clock clock, PasswordHasher hasher) implements ApiOperations {
  @Override
  public Map<String, Function<ApiRequest, Response>> direct() {
    return Map.of(
        "listAccounts",
        this::list,
        "showAccount",
        this::show,
        "anonymiseAccount",
        // It takes many transactions; the same call does the rest of one that was interrupted.
        request -> {
          RepeatableWrites.requireNoKey(request);
          return ApiViews.response(
              view(accounts(request, store).anonymise(login(request), unused -> {})));
        });
  }

  @Override
  public Map<String, Change> changes() {
    return Map.of(
        "addAccount",
        this::add,
        "changePassword",
        this::changePassword,
        "endOldPassword",
        accountChange((all, request) -> all.endOldPassword(login(request), request.actor())),
        "renameAccount",
        accountChange(
            (all, request) ->
                all.rename(login(request), request.body().getString("login"), request.actor())),
        "changeAccountContact",
        accountChange(
            (all, request) -> all.setContact(login(request), request.contact(), request.actor())),
        "enableAccount",
        accountChange((all, request) -> all.setEnabled(login(request), true, request.actor())),
        "disableAccount",
        accountChange((all, request) -> all.setEnabled(login(request), false, request.actor())),
        "allowProducts",
        accountChange(
            (all, request) -> all.allow(login(request), products(request), request.actor())),
        "denyProducts",
        accountChange(
            (all, request) -> all.deny(login(request), products(request), request.actor())));
  }

  private Response list(ApiRequest request) {
    ApiPage page = ApiPage.of(request);
    List<Account> found = store.accounts().list(page.after().orElse(""), page.limit() + 1);
    return page.response("accounts", found, this::view, Account::login);
  }

  private Response show(ApiRequest request) {
    String login = login(request);
    return ApiViews.response(
        view(store.accounts().require(login))
            .put("events", ApiViews.array(store.events().ofAccount(login), ApiViews::of)));
  }

  private Function<Store, JsonObject> add(ApiRequest request) {
    Hashed password = accounts(request, store).hash(password(request));
    String login = request.body().getString("login");
    MailContact contact = request.contact().apply(MailContact.NONE);
    return whole ->
        changed(accounts(request, whole).add(login, password, products(request), contact));
  }

  private Function<Store, JsonObject> changePassword(ApiRequest request) {
    Optional<Given> wanted = password(request);
    Optional<Instant> keepOldUntil =
        Optional.ofNullable(request.body().getLong("keepOldForDays"))
            .map(
                days ->
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(days)));
    AccountAdministration accounts = accounts(request, store);
    Hashed password =
        keepOldUntil.isPresent()
            ? accounts.hashBeside(login(request), wanted)
            : accounts.hash(wanted);
    return whole ->
        changed(accounts(request, whole).changePassword(login(request), password, keepOldUntil));
  }

  private AccountAdministration accounts(ApiRequest request, Store whole) {
    return new AccountAdministration(whole, request.actor(), hasher);
  }

  private static Optional<Given> password(ApiRequest request) {
    return request.text("password").map(text -> new Given(text, false));
  }

  private JsonObject view(Account account) {
    return ApiViews.of(RecordFields.of(account, clock.instant()));
  }

  private JsonObject changed(AccountAdministration.Changed changed) {
    JsonObject json = view(changed.account());
    changed.password().ifPresent(password -> json.put("password", password));
    return json;
  }

  /** The way to change what an account may do. */
  private Change accountChange(BiFunction<Accounts, ApiRequest, Account> change) {
    return request -> whole -> view(change.apply(whole.accounts(), request));
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
