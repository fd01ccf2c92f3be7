package org.certcollect.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TlsFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On connections that send requests and read nothing. Of each, some 10 MiB are taken by the buffers
 * of the kernel.
 */
class UntakenTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger cut = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final List<RawConnection> connections = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (RawConnection connection : connections) {
      connection.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Answers each request with 1 MiB. */
  private int serve(Untaken untaken) {
    ListenConfig listen = new ListenConfig("127.0.0.1", 0, OptionalInt.empty());
    TlsConfig tls = TlsFiles.in(folder, TlsConfig.Profile.INTERMEDIATE);
    Future<HttpServer> server =
        vertx
            .createHttpServer(Port.https(listen, LimitsConfig.DEFAULT, tls).options())
            .connectionHandler(
                connection -> connection.closeHandler(closed -> cut.incrementAndGet()))
            .requestHandler(
                request -> {
                  request.response().putHeader("Date", "today");
                  Future<Void> sent = request.response().end(Buffer.buffer(new byte[MIB]));
                  untaken.add(request.connection(), MIB, sent);
                  answered.incrementAndGet();
                })
            .listen(0, "127.0.0.1");
    return server.toCompletionStage().toCompletableFuture().join().actualPort();
  }

  private RawConnection ask(int port, int times) throws IOException {
    RawConnection connection = RawConnection.tls(port, "TLSv1.3");
    connections.add(connection);
    return connection.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(times));
  }

  @Test
  void aConnectionWithTooMuchIsCut() throws IOException {
    ask(serve(new Untaken(20 * MIB, 1_000L * MIB)), 60);
    Await.until("it is cut", () -> cut.get() == 1);
  }

  /** On two event loops, as the servers are two. */
  @Test
  void ofAllWithTooMuchTheOneWithMostIsCutAndTheOtherGetsItsAnswers() throws IOException {
    Untaken untaken = new Untaken(1_000 * MIB, 70L * MIB);
    ask(serve(untaken), 60);
    Await.until("all are answered", () -> answered.get() == 60);
    assertThat(cut).hasValue(0);
    RawConnection less = ask(serve(untaken), 40);
    Await.until("one is cut", () -> cut.get() == 1);
    for (int i = 0; i < 40; i++) {
      assertThat(less.read().body()).hasSize(MIB);
    }
    assertThat(cut).hasValue(1);
  }
}
