package org.certcollect.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections at their limit, from sources that loopback does not have. */
class ConnectionPlacesTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private static final HttpServerOptions OPTIONS =
      Port.http(
              new ListenConfig("127.0.0.1", 0, OptionalInt.of(0)),
              LimitsConfig.DEFAULT,
              ProxyConfig.DEFAULT,
              0)
          .options();

  private final Vertx vertx = Vertx.vertx();
  private final MemoryBudget memory = MemoryBudget.ofHeap();
  private final BlockingQueue<String> sources = new LinkedBlockingQueue<>();
  private final BlockingQueue<Client> accepted = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final CompletableFuture<Route.Response> answer = new CompletableFuture<>();
  private final OpenConnections listened = new OpenConnections(vertx, LimitsConfig.DEFAULT);
  private volatile Runnable beforeAdd = () -> {};
  private volatile Runnable afterAdd = () -> {};
  private volatile Connections connections = new Connections(1);
  private HttpServer server = vertx.createHttpServer();

  private record Client(OpenConnection connection, boolean hadPlace, CompletableFuture<Void> end) {}

  @BeforeEach
  void listen() {
    server =
        vertx
            .createHttpServer(OPTIONS)
            .connectionHandler(
                connection -> {
                  RequestSource source = RequestSource.of(sources.remove());
                  OpenConnection open =
                      new OpenConnection(connection, source, memory, OPTIONS.getHttp1Config());
                  CompletableFuture<Void> end = new CompletableFuture<>();
                  beforeAdd.run();
                  boolean hasPlace = connections.add(open);
                  afterAdd.run();
                  listened.add(open);
                  connection.closeHandler(
                      closed -> {
                        connections.remove(open);
                        end.complete(null);
                      });
                  open.awaitClient(LONG);
                  accepted.add(new Client(open, hasPlace, end));
                })
            .requestHandler(
                new RequestHandler(
                    vertx.getOrCreateContext(),
                    new Proxies(ProxyConfig.DEFAULT),
                    host -> true,
                    new RouteTable(
                        List.of(
                            new Route("/x", Set.of("POST"), "POST", 1, request -> answer),
                            new Route("/broken", "GET", request -> broken())),
                        () -> {}),
                    listened,
                    () -> LimitsConfig.DEFAULT,
                    () -> true))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static CompletableFuture<Route.Response> broken() {
    throw new IllegalStateException("broken");
  }

  private Client connect(String source) throws IOException, InterruptedException {
    sources.add(source);
    sockets.add(new Socket(InetAddress.getLoopbackAddress(), server.actualPort()));
    Client client = accepted.poll(20, TimeUnit.SECONDS);
    assertThat(client).isNotNull();
    return client;
  }

  /** Sends a request on the first connection. */
  private void send(String methodAndPath) throws IOException {
    String request = methodAndPath + " HTTP/1.1\r\nHost: x\r\n\r\n";
    sockets.get(0).getOutputStream().write(request.getBytes(US_ASCII));
  }

  /** Broke once: each /64 counted for itself, and the honest clients were idle longest. */
  @Test
  void manyNetworksOfOneSiteEvictNoOtherClient() throws Exception {
    connections = new Connections(60);
    List<Client> honest = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      honest.add(connect("198.51.100." + i));
      honest.add(connect("2001:db8:1:1::" + i));
    }
    List<Client> site = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      site.add(connect(String.format(Locale.ROOT, "2001:db8:ffff:%x::1", i * 0x81)));
    }
    assertThat(site).allMatch(Client::hadPlace);
    assertThat(connect("192.0.2.1").hadPlace()).isTrue();
    Await.until("the site's oldest are closed", () -> connections.count() <= 60);
    assertThat(honest).noneMatch(client -> client.end().isDone());
    assertThat(site.get(0).end()).isDone();
  }

  /** Nothing else would end it: while the server works, no deadline is set. */
  @Test
  void handlerThatThrowsEndsTheConnection() throws Exception {
    Client client = connect("192.0.2.1");
    send("GET /broken");
    client.end().get(20, TimeUnit.SECONDS);
  }

  /** Broke once: it stayed open for as long as the client liked. */
  @Test
  void answerThatCannotBeSentLaterEndsTheConnection() throws Exception {
    Client client = connect("192.0.2.1");
    send("POST /x");
    Await.until("the request has arrived", () -> answer.getNumberOfDependents() > 0);
    answer.complete(new Route.Response("text/plain", new byte[0]).with("no field", "x"));
    client.end().get(20, TimeUnit.SECONDS);
  }

  /** Broke once: if the largest was all busy, the longest idle of all was closed. */
  @Test
  void theNextLargestGivesWayIfTheLargestIsBusy() throws Exception {
    connections = new Connections(10);
    Client single = connect("192.0.2.1");
    Client first = connect("192.0.2.2");
    connect("192.0.2.2");
    for (int i = 0; i < 7; i++) {
      connect("192.0.2.3").connection().awaitServer();
    }
    assertThat(connect("192.0.2.4").hadPlace()).isTrue();
    first.end().get(20, TimeUnit.SECONDS);
    assertThat(single.end()).isNotDone();
  }

  @Test
  void aNewcomerHasNoPlaceAmongBusyConnections() throws Exception {
    connections = new Connections(2);
    connect("192.0.2.1").connection().awaitServer();
    Client second = connect("192.0.2.1");
    second.connection().awaitServer();
    assertThat(connect("192.0.2.2").hadPlace()).isFalse();
    second.connection().awaitClient(LONG);
    assertThat(connect("192.0.2.2").hadPlace()).isTrue();
  }

  /** Broke once: every newcomer had the server look at all connections. */
  @Test
  void aPartOfTheLimitIsFreedAtOnce() throws Exception {
    connections = new Connections(300);
    List<Client> crowd = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      crowd.add(connect("192.0.2.1"));
    }
    assertThat(connect("192.0.2.2").hadPlace()).isTrue();
    Await.until("a hundredth is closed", () -> connections.count() == 298);
    assertThat(crowd.subList(0, 3)).allMatch(client -> client.end().isDone());
  }

  /** Broke once: it stayed open beyond the limit for as long as its client liked. */
  @Test
  void aVictimThatBecomesBusyEndsWithItsAnswer() throws Exception {
    connections = new Connections(1);
    Client victim = connect("192.0.2.1");
    send("POST /x");
    Await.until("its request is complete", () -> !victim.connection().isIdle());
    beforeAdd = () -> victim.connection().awaitClient(LONG);
    afterAdd = () -> victim.connection().awaitServer();
    assertThat(connect("192.0.2.2").hadPlace()).isTrue();
    beforeAdd = () -> {};
    afterAdd = () -> {};
    connect("192.0.2.3");
    assertThat(victim.end()).isNotDone();
    answer.complete(new Route.Response("text/plain", new byte[0]));
    String all = new String(sockets.get(0).getInputStream().readAllBytes(), US_ASCII);
    assertThat(all).startsWith("HTTP/1.1 200 OK\r\n").containsIgnoringCase("connection: close");
    Await.until("only the last is left", () -> connections.count() == 1);
  }
}
