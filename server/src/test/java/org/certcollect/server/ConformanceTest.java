package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.certcollect.protocol.cells.Cell;
import org.certcollect.protocol.cells.Cell.Method;
import org.certcollect.protocol.cells.Cells;
import org.certcollect.protocol.cells.Golden;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.Situations;
import org.certcollect.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the protocol's table, over two connections that are kept alive throughout. */
class ConformanceTest {
  private static final int MANY = 1_000_000;

  private static TestServer server;
  private static RawConnection https;
  private static RawConnection http;

  @BeforeAll
  static void start() throws IOException {
    AuthConfig patient = new AuthConfig(1_000, Duration.ofMinutes(10), MANY, MANY, 10);
    server = TestServer.start(TestServer.Settings.DEFAULT.with(patient).with(withoutHurry()));
    Situations.setUp(server);
    https = RawConnection.https(server);
    http = RawConnection.http(server);
  }

  @AfterAll
  static void stop() throws IOException {
    https.close();
    http.close();
    server.close();
  }

  /** One connection is idle while the cells of the other are tried, however slow the machine is. */
  private static LimitsConfig withoutHurry() {
    LimitsConfig usual = LimitsConfig.DEFAULT;
    return new LimitsConfig(
        usual.connections(),
        usual.headerBytes(),
        Duration.ofHours(1),
        usual.bodyDeadline(),
        Duration.ofHours(1),
        usual.drainDeadline());
  }

  static Stream<Cell> cells() {
    return Cells.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aCellIsAnsweredByteForByteAsItsGoldenFileSays(Cell cell) throws IOException {
    RawConnection connection = cell.secure() ? https : http;
    Answer answer = connection.send(request(cell)).read(cell.method() != Method.HEAD);

    Golden golden = Golden.of(cell);
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(answer.headers())
        .containsEntry("content-type", golden.contentType())
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("cache-control", "no-store")
        .containsEntry("content-length", Integer.toString(golden.body().length))
        .hasSize(4);
    String body = cell.method() == Method.HEAD ? "" : bodyOf(golden);
    assertThat(answer.body()).isEqualTo(body);
  }

  private static String bodyOf(Golden golden) {
    return golden.toString().substring(golden.toString().indexOf("\n\n") + 2);
  }

  private static String request(Cell cell) {
    String type = cell.contentType().map(value -> "Content-Type: " + value + "\r\n").orElse("");
    return String.format(
        Locale.ROOT,
        "%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n%s",
        cell.method(),
        cell.target(),
        type,
        cell.body().length(),
        cell.body());
  }
}
