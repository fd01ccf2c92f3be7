package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of requests that are refused with an HTTP status, and of similar ones that are not. */
class NotTheProtocolTest {
  private static final int LIMIT = 16_384;
  private static final String NOT_SECURE = "-1\nRequest was not made over https!\n";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Sends a request of which the server is to make the end. */
  private static Answer last(String request) throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      Answer answer = connection.send(request).read();
      assertThat(connection.isClosedByServer()).isTrue();
      assertThat(answer.headers())
          .containsEntry("connection", "close")
          .containsEntry("x-content-type-options", "nosniff")
          .containsEntry("cache-control", "no-store")
          .doesNotContainKey("location");
      return answer;
    }
  }

  private static Answer only(String request) throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      return connection.send(request).read();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/products/download/",
        "/products/download/CollectSSL/",
        "/products/download/collectssl",
        "/products/download/Collect%53SL",
        "/products/./download/CollectSSL",
        "//products/download/CollectSSL",
        "/products/download/CollectSSL;x=1",
        "/products/download/CollectSSL%3Fx=1",
        "products/download/CollectSSL",
        "*",
        "http://localhost/",
        "http://localhost",
        "/favicon.ico?x=1"
      })
  void anyOtherPathIs404(String target) throws IOException {
    Answer answer = last(Forms.post(target, ""));
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
    assertThat(answer.body()).isEqualTo("Not Found\n");
    assertThat(answer.headers()).containsEntry("content-type", "text/plain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "post", "X"})
  void anyOtherMethodIs405(String method) throws IOException {
    Answer answer = last(Forms.head(method, Forms.SSL) + "\r\n");
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 405 Method Not Allowed");
    assertThat(answer.headers()).containsEntry("allow", "POST");
  }

  @Test
  void connectIsNotFound() throws IOException {
    assertThat(last(Forms.head("CONNECT", "example.org:443") + "\r\n").status()).isEqualTo(404);
  }

  @Test
  void aBodyOfExactlyTheLimitIsRead() throws IOException {
    assertThat(only(Forms.post(Forms.SSL, "x".repeat(LIMIT))).body()).isEqualTo(NOT_SECURE);
    assertThat(only(chunked(LIMIT)).body()).isEqualTo(NOT_SECURE);
  }

  @Test
  void aBodyOverTheLimitIs413() throws IOException {
    assertThat(last(Forms.post(Forms.SSL, "x".repeat(LIMIT + 1))).status()).isEqualTo(413);
    assertThat(last(chunked(LIMIT + 1)).status()).isEqualTo(413);
  }

  @Test
  void aClientThatGoesOnSendingStillGetsIts413() throws IOException {
    int length = 8 << 20;
    String head = Forms.head("POST", Forms.SSL, "Content-Length: " + length) + "\r\n";
    assertThat(last(head + "x".repeat(length)).status()).isEqualTo(413);
    assertThat(last(chunked(length)).status()).isEqualTo(413);
  }

  @Test
  void aBodyForAnUnknownPathIsReadBeforeTheEnd() throws IOException {
    assertThat(last(Forms.post("/x", "x".repeat(1 << 20))).status()).isEqualTo(404);
  }

  @Test
  void aClientThatAwaitsContinueIsToldToGoOn() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      connection.send(
          Forms.head("POST", Forms.SSL, "Content-Length: 3", "Expect: 100-continue") + "\r\n");
      assertThat(connection.read().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(connection.send("a=b").read().body()).isEqualTo(NOT_SECURE);
    }
  }

  @Test
  void aClientThatAwaitsContinueForTooMuchIsRefusedAtOnce() throws IOException {
    Answer answer =
        last(
            Forms.head("POST", Forms.SSL, "Content-Length: 99999", "Expect: 100-continue")
                + "\r\n");
    assertThat(answer.status()).isEqualTo(413);
  }

  /** Broke once: the connection was cut while the client sent what it had been asked for. */
  @Test
  void aClientThatWasToldToGoOnAndSendsTooMuchGetsIts413() throws IOException {
    int length = 8 << 20;
    try (RawConnection connection = RawConnection.http(server)) {
      connection.send(
          Forms.head("POST", Forms.SSL, "Transfer-Encoding: chunked", "Expect: 100-continue")
              + "\r\n");
      assertThat(connection.read().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
      String body = chunked(length);
      connection.send(body.substring(body.indexOf("\r\n\r\n") + 4));
      assertThat(connection.read().status()).isEqualTo(413);
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void http10IsServedAndItsConnectionEnds() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      connection.send("POST " + Forms.SSL + " HTTP/1.0\r\nContent-Length: 3\r\n\r\na=b");
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(NOT_SECURE);
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  /** Broke once: it got the answer 100, which HTTP/1.0 does not have. */
  @Test
  void aClientOfHttp10IsNotToldToGoOn() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      connection.send(
          "POST "
              + Forms.SSL
              + " HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\na=b");
      assertThat(connection.read().status()).isEqualTo(200);
    }
  }

  @Test
  void connectionCloseIsHeeded() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      connection.send(Forms.post(Forms.SSL, "", "Connection: close"));
      assertThat(connection.read().headers()).containsEntry("connection", "close");
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aChunkedBodyIsReadWhateverItsPieces() throws IOException {
    String body = "1;x=y\r\nc\r\nA\r\nollectionC\r\n9\r\node=WRONG\r\n0\r\nTrailer: x\r\n\r\n";
    Answer answer =
        only(
            Forms.head("POST", Forms.CCC + "?queryType=0", "Transfer-Encoding: chunked")
                + "\r\n"
                + body);
    assertThat(answer.body())
        .isEqualTo("-4\nThe value of the 'collectionCode' argument is invalid!\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://example.org", "https://localhost:1", "HTTP://user@x:80"})
  void aTargetInAbsoluteFormIsTheSame(String origin) throws IOException {
    assertThat(only(Forms.post(origin + Forms.SSL, "")).body()).isEqualTo(NOT_SECURE);
    Answer answer = only(Forms.post(origin + Forms.CCC + "?collectionCode=X&queryType=0", ""));
    assertThat(answer.body()).startsWith("-4\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.org", "secure.comodo.net:443", "[::1]", "", "no such:host"})
  void anyHostWillDo(String host) throws IOException {
    String request = Forms.post(Forms.SSL, "").replace("Host: localhost", "Host: " + host);
    assertThat(only(request).body()).isEqualTo(NOT_SECURE);
  }

  @Test
  void noHostOrTwoAre400() throws IOException {
    assertThat(last(Forms.post(Forms.SSL, "", "Host: other")).status()).isEqualTo(400);
    assertThat(last("POST " + Forms.SSL + " HTTP/1.1\r\nContent-Length: 0\r\n\r\n").status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "h2c", "TLS/1.2"})
  void anUpgradeIsDeclined(String protocol) throws IOException {
    String request =
        Forms.post(
            Forms.SSL,
            "",
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: " + protocol,
            "HTTP2-Settings: AAMAAABkAAQAAP__",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13");
    assertThat(only(request).body()).isEqualTo(NOT_SECURE);
  }

  private static String chunked(int length) {
    return Forms.head("POST", Forms.SSL, "Transfer-Encoding: chunked")
        + String.format(Locale.ROOT, "\r\n%x\r\n%s\r\n0\r\n\r\n", length, "x".repeat(length));
  }
}
