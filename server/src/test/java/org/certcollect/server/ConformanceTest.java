package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.certcollect.protocol.Dialect;
import org.certcollect.protocol.cells.Cell;
import org.certcollect.protocol.cells.Cell.Method;
import org.certcollect.protocol.cells.Cells;
import org.certcollect.protocol.cells.Cells122;
import org.certcollect.protocol.cells.Golden;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.testing.LaterOrderSetUp;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.Situations;
import org.certcollect.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell of the tables of both dialects, each over two connections that are kept alive
 * throughout.
 */
class ConformanceTest {
  private static final int MANY = 1_000_000;

  private static final Map<Dialect, Served> SERVERS = new HashMap<>();

  /** The ids of certificates under those that the cells ask for. */
  private static Map<Long, Long> ids = Map.of();

  /** A server with connections to it. */
  private record Served(TestServer server, RawConnection https, RawConnection http) {}

  @BeforeAll
  static void start() throws IOException {
    for (CollectDialect dialect : CollectDialect.values()) {
      AuthConfig patient = new AuthConfig(1_000, Duration.ofMinutes(10), MANY, MANY, 10);
      TestServer server =
          TestServer.start(
              TestServer.Settings.DEFAULT
                  .with(patient)
                  .with(withoutHurry())
                  .with(new ProtocolConfig(false, dialect, false)));
      Situations.setUp(server);
      if (dialect == CollectDialect.V1_22) {
        ids = LaterOrderSetUp.setUp(server);
      }
      SERVERS.put(
          dialect.dialect(),
          new Served(server, RawConnection.https(server), RawConnection.http(server)));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    for (Served served : SERVERS.values()) {
      served.https().close();
      served.http().close();
      served.server().close();
    }
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
    return Stream.concat(Cells.all().stream(), Cells122.all().stream());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aCellIsAnsweredByteForByteAsItsGoldenFileSays(Cell cell) throws IOException {
    Served served = SERVERS.get(cell.dialect());
    RawConnection connection = cell.secure() ? served.https() : served.http();
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
    String body = withIdsOfTheStore(cell.body());
    String type = cell.contentType().map(value -> "Content-Type: " + value + "\r\n").orElse("");
    return String.format(
        Locale.ROOT,
        "%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n%s",
        cell.method(),
        cell.target(),
        type,
        body.length(),
        body);
  }

  private static String withIdsOfTheStore(String form) {
    return Pattern.compile("(?i)(?<=certificateID=)\\d{7}(?=&|$)")
        .matcher(form)
        .replaceAll(id -> "" + ids.getOrDefault(Long.valueOf(id.group()), 7L));
  }
}
