package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The limit on the number of a request's header and trailer fields. */
class HeaderFieldsTest {
  private static final int LIMIT = 100;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String fields(int count) {
    return IntStream.range(0, count).mapToObj(i -> "a: b\r\n").collect(Collectors.joining());
  }

  private static String chunked(int headerFields, int trailerFields) {
    // Host and Transfer-Encoding are two of them.
    return Forms.head("POST", Forms.SSL, "Transfer-Encoding: chunked")
        + fields(headerFields - 2)
        + "\r\n0\r\n"
        + fields(trailerFields)
        + "\r\n";
  }

  @Test
  void aHundredFieldsAreRead() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      for (int request = 0; request < 3; request++) {
        assertThat(connection.send(chunked(LIMIT, 0)).read().body()).startsWith("-1\n");
      }
    }
  }

  @Test
  void oneMoreIs431AndTheConnectionEnds() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      String answer = connection.send(chunked(LIMIT + 1, 0)).readAll();
      assertThat(answer).startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n");
    }
  }

  @Test
  void theFieldsOfATrailerCountToo() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      assertThat(connection.send(chunked(50, 50)).read().status()).isEqualTo(200);
      assertThat(connection.send(chunked(50, 51)).read().status()).isEqualTo(431);
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void theRefusalDoesNotWaitForTheEndOfTheHeader() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      connection.send(Forms.head("POST", Forms.SSL) + fields(LIMIT));
      assertThat(connection.readAll()).startsWith("HTTP/1.1 431 ");
    }
  }
}
