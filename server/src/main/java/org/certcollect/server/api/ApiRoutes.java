package org.certcollect.server.api;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.admin.audit.AuditEntry;
import org.certcollect.server.api.ApiDocument.Operation;
import org.certcollect.server.api.ApiLog.Outcome;
import org.certcollect.server.api.OperatorPage.Login;
import org.certcollect.server.auth.RefusalReason;
import org.certcollect.server.collect.RequestRecorder;
import org.certcollect.server.http.Route;
import org.certcollect.server.http.Route.Request;
import org.certcollect.server.http.Route.Response;
import org.certcollect.server.log.LogEvent;
import org.certcollect.server.log.RequestId;
import org.certcollect.server.management.Drainable;
import org.certcollect.server.management.Report;
import org.certcollect.server.push.PushDelivery;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreUnavailableException;

/**
 * The routes of the admin API. A request is answered on a thread of a small pool, never on the
 * event loop. Safe for use by many threads.
 */
public final class ApiRoutes implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("certcollect.api");
  private static final int THREADS = 4;
  private static final int MAX_WAITING = 200;

  /** The size of the largest file of certificates that the command line reads. */
  private static final int MAX_BODY_BYTES = 1 << 20;

  /** Operations of many transactions. One at a time runs, so that the others keep their threads. */
  private static final List<String> LONG = List.of("prune", "anonymiseAccount");

  /** Searches for orders and events, which are slow in a store that is. */
  private static final Set<String> SEARCHES =
      Set.of(OperatorPage.SEARCH.id(), "listOrders", "searchEvents");

  /** The threads of searches, which are none of those for other requests. */
  private static final int SEARCH_THREADS = 2;

  private static final int MAX_SEARCHES_WAITING = 20;

  /**
   * The threads that check the callers of searches. They are none of {@link #SEARCH_THREADS}, since
   * strangers would fill the few places there, and none of {@link #THREADS}, which a store that
   * hangs must not take.
   */
  private static final int DOOR_THREADS = 2;

  private static final Duration SEARCH_DEADLINE = Duration.ofSeconds(10);

  private static final Map<String, String> RETRY = Map.of("Retry-After", "2");

  private static final Duration STATUS_WAIT = Duration.ofSeconds(2);

  /** The time for which the page waits for each part of the server that gives no answer. */
  private static final Duration PAGE_WAIT = Duration.ofSeconds(1);

  /** The time after which a page that needs a login is refused. */
  private static final Duration PAGE_DEADLINE = Duration.ofMillis(1_500);

  static final JsonObject NONE = new JsonObject();

  private final ApiDocument document = ApiDocument.load();
  private final RequestCheck check = new RequestCheck(document);
  private final ApiDoor door;
  private final OperatorPage page;
  private final Function<Duration, CompletableFuture<Map<String, Object>>> status;
  private final RequestRecorder recorder;
  private final Semaphore longOperation = new Semaphore(1);
  private final ApiLog log = new ApiLog(LOG);
  private final Map<String, Function<ApiRequest, Response>> handlers;
  private final ExecutorService workers = threads("admin-api", THREADS, MAX_WAITING);
  private final ExecutorService doors = threads("admin-door", DOOR_THREADS, MAX_WAITING);
  private final ExecutorService searchers =
      threads("admin-search", SEARCH_THREADS, MAX_SEARCHES_WAITING);

  /**
   * Creates the routes on a store.
   *
   * @param recorder records each request that was refused because of its caller
   * @param status the state of the server, which waits so long for parts that give no answer
   * @param push the delivery of push notifications, which is asked for when a request needs it
   */
  public ApiRoutes(
      Store store,
      Clock clock,
      Supplier<CollectionCodes> codes,
      RequestRecorder recorder,
      Drainable server,
      Function<Duration, CompletableFuture<Map<String, Object>>> status,
      Supplier<PushDelivery> push) {
    this.recorder = recorder;
    door = new ApiDoor(store, clock);
    this.status = status;
    page = new OperatorPage(store, clock);
    RepeatableWrites writes = new RepeatableWrites(store, clock, codes);
    OrderOperations orders = new OrderOperations(store, clock, codes);
    List<ApiOperations> all =
        List.of(
            new AccountOperations(store, clock, new PasswordHasher()),
            orders,
            new CertificateOperations(store, clock, writes, orders),
            MessageOperations.mails(store),
            MessageOperations.pushes(store),
            new PushTargetOperations(store, push, orders::codes, new Semaphore(1)));
    handlers =
        Stream.concat(
                all.stream().flatMap(each -> each.direct().entrySet().stream()),
                all.stream()
                    .flatMap(each -> each.changes().entrySet().stream())
                    .map(each -> Map.entry(each.getKey(), change(writes, each.getValue()))))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    LONG.forEach(id -> handlers.computeIfPresent(id, (unused, each) -> alone(each)));
    handlers.put("getDocument", request -> new Response("application/json", document.bytes()));
    handlers.put(
        "getStatus",
        request ->
            new Response(200, "application/json", Report.json(status.apply(STATUS_WAIT).join())));
    handlers.put(
        "drain",
        request -> {
          boolean on = request.body().getBoolean("on", true);
          server.drain(on, request.actor());
          return ApiViews.response(
              new JsonObject()
                  .put("draining", server.isDraining())
                  .put("connections", server.connections()));
        });
  }

  private static ExecutorService threads(String name, int count, int maxWaiting) {
    return new ThreadPoolExecutor(
        count,
        count,
        1,
        TimeUnit.MINUTES,
        new ArrayBlockingQueue<>(maxWaiting),
        new DefaultThreadFactory(name, true));
  }

  private static Function<ApiRequest, Response> change(
      RepeatableWrites writes, ApiOperations.Change change) {
    return request -> writes.once(request, "", change);
  }

  private Function<ApiRequest, Response> alone(Function<ApiRequest, Response> handler) {
    return request -> {
      if (!longOperation.tryAcquire()) {
        throw new ApiProblem(
            503, "busy", "the server prunes or makes an account anonymous: try again afterwards");
      }
      try {
        return handler.apply(request);
      } finally {
        longOperation.release();
      }
    };
  }

  /** The routes, one for each operation of the document. */
  public List<Route> rows() {
    return document.operations().stream().map(this::route).toList();
  }

  private Route route(Operation operation) {
    Function<ApiRequest, Response> handler = handlers.get(operation.id());
    if (handler == null) {
      throw new IllegalStateException("no code for the operation " + operation.id());
    }
    return new Route(
        operation.path(),
        Set.of(operation.method()),
        operation.method(),
        operation.method().equals("GET") ? 0 : MAX_BODY_BYTES,
        request -> answer(operation, handler, request));
  }

  /**
   * The routes of the page for operators.
   *
   * @param open whether it tells the state to everyone
   */
  public List<Route> page(boolean open) {
    return List.of(
        new Route(
            OperatorPage.PATH,
            Set.of("GET", "HEAD"),
            "GET, HEAD",
            0,
            request -> open ? openState(request) : state(request)),
        new Route(
            OperatorPage.PATH,
            Set.of("POST"),
            "POST",
            OperatorPage.MAX_BODY_BYTES,
            request -> answer(OperatorPage.SEARCH, page::search, request)));
  }

  /**
   * The state for everyone, which is there above all when no login can be checked. It takes none of
   * the threads of the API, which may all wait for the store.
   */
  private CompletableFuture<Response> openState(Request connected) {
    ApiRequest request = request(OperatorPage.OPEN, connected.detached());
    CompletableFuture<Map<String, Object>> state = status.apply(PAGE_WAIT);
    CompletableFuture<Boolean> searchable = door.isOn();
    CompletableFuture<Login> login = login(request);
    return CompletableFuture.allOf(state, searchable, login)
        .thenApply(all -> page.state(state.join(), searchable.join(), login.join()))
        .exceptionally(
            failure ->
                page.problem(problem(new CompletionException(failure), request), request.id()))
        .thenApply(response -> response.with("Request-Id", request.id()));
  }

  private CompletableFuture<Login> login(ApiRequest request) {
    if (request.http().field("Authorization").isEmpty()) {
      return CompletableFuture.completedFuture(Login.NONE);
    }
    try {
      return CompletableFuture.supplyAsync(() -> checkedLogin(request), workers)
          .completeOnTimeout(
              new Login(false, ApiProblem.storeUnavailable().getMessage()),
              PAGE_WAIT.toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(new Login(false, overloaded().getMessage()));
    }
  }

  private Login checkedLogin(ApiRequest request) {
    try {
      ApiRequest unused = admitted(request, Scope.READ);
      return Login.TAKEN;
    } catch (RuntimeException e) {
      return new Login(false, problem(e, request).getMessage());
    }
  }

  /** The state for those with a login. */
  private CompletableFuture<Response> state(Request connected) {
    CompletableFuture<Map<String, Object>> state = status.apply(PAGE_WAIT);
    return answer(
        OperatorPage.STATE, request -> page.state(state.join(), true, Login.TAKEN), connected);
  }

  private static ApiProblem overloaded() {
    return new ApiProblem(503, "overloaded", "too many requests wait: try again", RETRY);
  }

  /** The problem of a search that comes to its deadline, or of a store that knows no caller. */
  private static ApiProblem late(ApiRequest request) {
    return request.caller().isEmpty()
        ? ApiProblem.storeUnavailable()
        : new ApiProblem(
            503,
            "overloaded",
            "the search takes too long: try again, or search for something more exact",
            RETRY);
  }

  private static ApiRequest request(Operation operation, Request http) {
    return new ApiRequest(
        RequestId.next(), operation, http, NONE, NONE, Optional.empty(), Optional.empty());
  }

  /** A request under way, and what is known of it so far. */
  private static final class Call {
    final Function<ApiRequest, Response> handler;

    /** The outcome for the client, or empty if it did not come in time. */
    final CompletableFuture<Optional<Outcome>> answer = new CompletableFuture<>();

    /** The request, with its caller from when it is admitted. */
    volatile ApiRequest request;

    Call(ApiRequest request, Function<ApiRequest, Response> handler) {
      this.request = request;
      this.handler = handler;
    }

    /** The work, which is not begun if nobody waits for it any more. */
    <T> Supplier<T> unlessLate(Function<Call, T> work) {
      return () -> {
        if (answer.isDone()) {
          throw new CancellationException("the request was answered before its turn");
        }
        return work.apply(this);
      };
    }
  }

  private CompletableFuture<Response> answer(
      Operation operation, Function<ApiRequest, Response> handler, Request connected) {
    Call call = new Call(request(operation, connected.detached()), handler);
    boolean isSearch = SEARCHES.contains(operation.id());
    CompletableFuture<Outcome> work;
    try {
      work =
          isSearch
              ? CompletableFuture.supplyAsync(call.unlessLate(this::refusal), doors)
                  .thenCompose(refusal -> searched(call, refusal))
              : CompletableFuture.supplyAsync(
                  call.unlessLate(each -> refusal(each).orElseGet(() -> handled(each))), workers);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(response(overloaded(), call.request));
    }
    CompletableFuture<Outcome> unused =
        work.whenComplete(
            (outcome, failure) -> {
              if (failure != null) {
                call.answer.completeExceptionally(failure);
              } else if (!call.answer.complete(Optional.of(outcome))) {
                log.late(outcome);
              }
            });
    if (isSearch) {
      return within(SEARCH_DEADLINE, call, ApiRoutes::late);
    }
    return operation.isPage()
        ? within(PAGE_DEADLINE, call, request -> ApiProblem.storeUnavailable())
        : call.answer.thenApply(outcome -> log.sent(outcome.orElseThrow()));
  }

  private CompletableFuture<Response> within(
      Duration time, Call call, Function<ApiRequest, ApiProblem> late) {
    return call.answer
        .completeOnTimeout(Optional.empty(), time.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(
            outcome ->
                log.sent(
                    outcome.orElseGet(
                        () -> unanswered(call.request, time, late.apply(call.request)))));
  }

  private Outcome unanswered(ApiRequest request, Duration time, ApiProblem late) {
    return new Outcome(
        request,
        response(late, request),
        Optional.of("there was no answer within " + time.toMillis() + " ms"));
  }

  /** The outcome of a search that was refused, or is now handled. */
  private CompletableFuture<Outcome> searched(Call call, Optional<Outcome> refusal) {
    if (refusal.isPresent()) {
      return CompletableFuture.completedFuture(refusal.get());
    }
    try {
      return CompletableFuture.supplyAsync(call.unlessLate(this::handled), searchers);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(failed(call, overloaded()));
    }
  }

  private Response response(ApiProblem problem, ApiRequest request) {
    return request.operation().isPage()
        ? page.problem(problem, request.id())
        : problem.response(request.id());
  }

  /** The outcome if the caller is refused; empty after the caller was admitted. */
  private Optional<Outcome> refusal(Call call) {
    try {
      Optional<Scope> scope = call.request.operation().scope();
      if (scope.isPresent()) {
        call.request = admitted(call.request, scope.get());
      }
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(failed(call, e));
    }
  }

  private Outcome handled(Call call) {
    ApiRequest request = call.request;
    try {
      Response response =
          call.handler.apply(request.operation().isPage() ? request : check.checked(request));
      return new Outcome(request, response.with("Request-Id", request.id()), Optional.empty());
    } catch (RuntimeException e) {
      return failed(call, e);
    }
  }

  private Outcome failed(Call call, RuntimeException failure) {
    ApiRequest request = call.request;
    return new Outcome(
        request,
        response(problem(failure, request), request),
        Optional.of(failure)
            .filter(StoreUnavailableException.class::isInstance)
            .map(Throwable::getMessage));
  }

  /** The request with its caller, who has the scope. If it has none, that is recorded. */
  private ApiRequest admitted(ApiRequest request, Scope scope) {
    Request http = request.http();
    AuditEntry entry =
        new AuditEntry("api.refused")
            .with("request", request.id())
            .with("operation", request.operation().id());
    ApiDoor.Caller caller;
    try {
      caller = door.admit(http, request.operation().isPage());
    } catch (ApiProblem e) {
      if (request.operation().isPage() && e.status() == 401 && isBare(http)) {
        // A browser asks its user for a token only after this.
        throw e;
      }
      RefusalReason reason =
          e.name().equals("cross-site")
              ? RefusalReason.CROSS_SITE
              : RefusalReason.UNKNOWN_CREDENTIAL;
      recorder.record(entry, http.source(), Optional.of(reason));
      throw e;
    }
    if (!caller.has(scope)) {
      entry.with("actor", caller.actor());
      recorder.record(entry, http.source(), Optional.of(RefusalReason.MISSING_SCOPE));
    }
    return request.with(caller);
  }

  private static boolean isBare(Request http) {
    return http.field("Authorization").isEmpty() && http.certificate().get().isEmpty();
  }

  /** The problem that a failure is. What is wrong with the server is logged. */
  static ApiProblem problem(RuntimeException failure, ApiRequest request) {
    ApiProblem problem = ApiProblem.of(failure);
    if (problem.status() == 500) {
      LogEvent.error("The admin API failed", failure)
          .with("request", request.id())
          .with("operation", request.operation().id())
          .to(LOG);
    } else if (failure instanceof StoreUnavailableException && request.caller().isPresent()) {
      return new ApiProblem(problem.status(), problem.name(), String.valueOf(failure.getMessage()));
    }
    return problem;
  }

  /** Lets the changes under way end, for which the store and the audit log are still needed. */
  @Override
  public void close() {
    door.close();
    // Nobody waits for a result any more.
    doors.shutdownNow();
    searchers.shutdownNow();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(2, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
