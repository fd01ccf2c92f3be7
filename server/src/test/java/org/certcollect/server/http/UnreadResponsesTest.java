package org.certcollect.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that reads no responses, and has all the time to do so. */
class UnreadResponsesTest {
  static {
    TestLog.keepQuiet();
  }

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final LimitsConfig LIMITS = new LimitsConfig(10, 16_384, LONG, LONG, LONG, LONG);

  /** Fewer bytes than Vert.x queues for a connection before it pauses the requests. */
  private static final long MAX_PER_CONNECTION = 32 << 10;

  private final Vertx vertx = Vertx.vertx();
  private final Connections connections = new Connections(10);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Listener listen(byte[] response) {
    Route route =
        new Route(
            "/x",
            Set.of("POST"),
            "POST",
            1,
            request ->
                CompletableFuture.completedFuture(new Route.Response("text/plain", response)));
    Listener listener =
        new Listener(
            Port.http(
                new ListenConfig("127.0.0.1", 0, OptionalInt.of(0)),
                LIMITS,
                ProxyConfig.DEFAULT,
                0),
            () -> LIMITS,
            new Proxies(ProxyConfig.DEFAULT),
            new RouteTable(List.of(route), () -> {}),
            connections,
            new MemoryBudget(10 * MAX_PER_CONNECTION, MAX_PER_CONNECTION),
            () -> true);
    vertx.deployVerticle(listener).toCompletionStage().toCompletableFuture().join();
    return listener;
  }

  @Test
  void theConnectionIsCutForWhatItHolds() throws Exception {
    Listener listener = listen(new byte[16 << 10]);
    byte[] request = "POST /x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      OutputStream out = socket.getOutputStream();
      Await.until(
          "the connection is cut",
          () -> {
            try {
              out.write(request);
              return false;
            } catch (IOException cut) {
              return true;
            }
          });
    }
    Await.until("the connection is counted no more", () -> connections.count() == 0);
  }
}
