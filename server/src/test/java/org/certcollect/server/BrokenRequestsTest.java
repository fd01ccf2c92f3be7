package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that another server may read otherwise (RFC 9112, section 11.2): none gets a second one
 * answered that hides in its body.
 */
class BrokenRequestsTest {
  /** Answered, it says what is missing; no code is tried. */
  private static final String SMUGGLED = Forms.post(Forms.CCC, "collectionCode=SMUGGLED");

  private static final String EMPTY = "\r\n0\r\n\r\n";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void theServerStillServes() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      assertThat(connection.post(Forms.SSL, "").body()).startsWith("-1\n");
    }
  }

  static Stream<Arguments> ambiguous() {
    return Stream.of(
        Arguments.of(
            "length and chunked", post("Content-Length: 5\r\nTransfer-Encoding: chunked") + EMPTY),
        Arguments.of(
            "chunked and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5") + EMPTY),
        Arguments.of("two equal lengths", post("Content-Length: 0\r\nContent-Length: 0") + "\r\n"),
        Arguments.of("two lengths", post("Content-Length: 0\r\nContent-Length: 9") + "\r\n"),
        Arguments.of("a list of lengths", post("Content-Length: 0, 0") + "\r\n"),
        Arguments.of("a signed length", post("Content-Length: +0") + "\r\n"),
        Arguments.of("a negative length", post("Content-Length: -1") + "\r\n"),
        Arguments.of("a hexadecimal length", post("Content-Length: 0x0") + "\r\n"),
        Arguments.of("an endless length", post("Content-Length: 99999999999999999999") + "\r\n"),
        Arguments.of("an empty length", post("Content-Length:") + "\r\n"),
        Arguments.of("chunked twice", post("Transfer-Encoding: chunked, chunked") + EMPTY),
        Arguments.of(
            "chunked in two lines",
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked") + EMPTY),
        Arguments.of("chunked not last", post("Transfer-Encoding: chunked, gzip") + EMPTY),
        Arguments.of("not chunked", post("Transfer-Encoding: identity") + "\r\n"),
        Arguments.of("almost chunked", post("Transfer-Encoding: xchunked") + EMPTY),
        Arguments.of("chunked behind a VT", post("Transfer-Encoding: \u000bchunked") + EMPTY),
        Arguments.of(
            "chunked in HTTP/1.0",
            post("Connection: keep-alive\r\nTransfer-Encoding: chunked")
                    .replace("HTTP/1.1", "HTTP/1.0")
                + EMPTY),
        Arguments.of("lines ended by LF", (post("Content-Length: 0") + "\r\n").replace("\r", "")),
        Arguments.of("a bare CR", post("X: y\rContent-Length: 9\r\nContent-Length: 0") + "\r\n"),
        Arguments.of("a blank before the colon", post("Content-Length : 0") + "\r\n"),
        Arguments.of("chunked before such a blank", post("Transfer-Encoding : chunked") + EMPTY),
        Arguments.of("NUL in a name", post("X\0Y: z\r\nContent-Length: 0") + "\r\n"),
        Arguments.of("NUL in a value", post("X: y\0z\r\nContent-Length: 0") + "\r\n"),
        Arguments.of("no colon", post("X\r\nContent-Length: 0") + "\r\n"),
        Arguments.of("a folded first header", "POST / HTTP/1.1\r\n Host: x\r\n\r\n"),
        Arguments.of("a folded header", post("X: y\r\n Content-Length: 99") + "\r\n"),
        Arguments.of("a header folded at a tab", post("X: y\r\n\tz") + "\r\n"),
        Arguments.of("a field without a name", post(": y\r\nContent-Length: 0") + "\r\n"),
        Arguments.of("compressed and chunked", post("Transfer-Encoding: gzip, chunked") + EMPTY),
        Arguments.of("a blank in the target", "POST /?a b HTTP/1.1\r\nHost: x\r\n\r\n"),
        Arguments.of("no target", "POST  HTTP/1.1\r\nHost: x\r\n\r\n"),
        Arguments.of("no version", "GET " + Forms.SSL + "\r\n\r\n"),
        Arguments.of("garbage", "\0\1\2 garbage\r\n\r\n"),
        Arguments.of("a TLS hello", "\u0016\3\1\2\0\1\0\1\374\3\3\n\n"),
        Arguments.of("a huge header", post("X: " + "y".repeat(17_000)) + "\r\n"),
        Arguments.of("many headers", post("X: y\r\n".repeat(5_000) + "X: y") + "\r\n"),
        Arguments.of("a huge target", Forms.post(Forms.SSL + "?" + "x".repeat(17_000), "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ambiguous")
  void aRequestThatCanBeReadTwoWaysIsRefusedAndTheConnectionEnds(String name, String request)
      throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      String all = connection.send(request + SMUGGLED).readAll();
      assertThat(all).as(name).matches("(?s)HTTP/1\\.1 (400|414|431) .*");
      assertThat(all).contains("X-Content-Type-Options: nosniff");
      assertThat(all.split("HTTP/", -1)).as("one answer").hasSize(2);
      assertThat(all).doesNotContain("queryType", "SMUGGLED", "garbage");
    }
  }

  /** Broke once: the status line repeated what the client had sent in place of the version. */
  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.2", "HTTP/2.0", "HTTP/3.0", "http/1.1", "SECRETS/1.1"})
  void anyOtherVersionIs501AndTheConnectionEnds(String version) throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      connection.send("POST " + Forms.SSL + " " + version + "\r\nHost: x\r\n\r\n" + SMUGGLED);
      assertThat(connection.readAll())
          .startsWith("HTTP/1.1 501 Not Implemented\r\n")
          .contains("X-Content-Type-Options: nosniff")
          .doesNotContain("queryType", version);
    }
  }

  static Stream<String> brokenChunks() {
    return Stream.of(
        "zz\r\n\r\n",
        "-1\r\n\r\n",
        "fffffffffffffffff\r\n",
        "\r\n\r\n",
        "1\r\naXX0\r\n\r\n",
        "1\na\n0\n\n",
        "0\r\nX: y\r\n z\r\n\r\n",
        "0\r\nX: y\r\n\tZ: z\r\n\r\n",
        "0\r\n X: y\r\n\r\n");
  }

  /** Broke once: the connection ended without an answer. */
  @ParameterizedTest
  @MethodSource("brokenChunks")
  void aBodyWithABrokenChunkIsRefusedAndTheConnectionEnds(String body) throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      connection.send(post("Transfer-Encoding: chunked") + "\r\n" + body + SMUGGLED);
      assertThat(connection.readAll())
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .doesNotContain("queryType");
    }
  }

  @Test
  void aBrokenChunkOfALaterRequestIsRefusedAfterTheAnswerToTheFirst() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      connection.send(SMUGGLED + post("Transfer-Encoding: chunked") + "\r\nzz\r\n\r\n" + SMUGGLED);
      assertThat(connection.read().status()).isEqualTo(200);
      assertThat(connection.read().status()).isEqualTo(400);
      assertThat(connection.readAll()).isIn("", "[reset]");
    }
  }

  /** The blank that makes a line a fold may come with a later packet than the line before it. */
  @Test
  void aFoldThatComesLaterIsRefused() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      connection.sendBytewise(post("X: y\r\n Content-Length: 99\r\nY: z") + "\r\n");
      assertThat(connection.readAll()).startsWith("HTTP/1.1 400 ");
    }
  }

  /** Broke once: folds were refused in the header only. */
  @Test
  void aFoldInATrailerIsRefusedEvenIfItComesLater() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      String trailer = "\r\n0\r\nX: y\r\n Z: z\r\n\r\n";
      connection.sendBytewise(post("Transfer-Encoding: chunked") + trailer);
      assertThat(connection.readAll()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void aTrailerChangesNothing() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      connection.send(
          post("Transfer-Encoding: chunked") + "\r\n0\r\nContent-Length: 99\r\nHost: b\r\n\r\n");
      assertThat(connection.read().body()).startsWith("-1\n");
      assertThat(connection.post(Forms.SSL, "").body()).startsWith("-1\n");
    }
  }

  @Test
  void requestsInOneWriteAreAnsweredInTheirOrder() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      String get = Forms.head("GET", Forms.CCC, "Content-Length: 3") + "\r\nabc";
      connection.send(Forms.post(Forms.SSL, "") + SMUGGLED + get + Forms.post(Forms.SSL, "a=b"));
      assertThat(connection.read().body()).startsWith("-1\n");
      assertThat(connection.read().body()).startsWith("-3\n");
      assertThat(connection.read().body()).startsWith("-1\n");
      assertThat(connection.read().body()).startsWith("-1\n");
    }
  }

  @Test
  void aHundredRequestsInOneWriteAreAllAnswered() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      connection.send(SMUGGLED.repeat(100));
      for (int i = 0; i < 100; i++) {
        assertThat(connection.read().status()).isEqualTo(200);
      }
    }
  }

  /** Broke once: the requests behind one with the answer "Connection: close" were answered, too. */
  @Test
  void nothingIsAnsweredAfterARefusal() throws IOException {
    for (String refused :
        new String[] {
          Forms.post("/x", ""),
          Forms.head("PUT", Forms.SSL) + "\r\n",
          Forms.post(Forms.SSL, "x".repeat(20_000)),
          Forms.post(Forms.SSL, "", "Connection: close")
        }) {
      try (RawConnection connection = RawConnection.http(server)) {
        connection.send(Forms.post(Forms.SSL, "") + refused + SMUGGLED + SMUGGLED);
        assertThat(connection.read().status()).isEqualTo(200);
        Answer last = connection.read();
        assertThat(last.headers()).containsEntry("connection", "close");
        assertThat(connection.readAll()).isIn("", "[reset]");
      }
    }
  }

  private static String post(String headers) {
    return Forms.head("POST", Forms.SSL, headers);
  }
}
