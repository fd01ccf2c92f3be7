package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One client attacks the memory of a server with a small heap. Broke once: 800 connections with 13
 * MB in all ended a server with 256 MiB of heap, which then neither served nor stopped.
 */
@Tag("drill")
class MemoryAttackTest {
  private static final String HEAP = "-Xmx128m";
  private static final String CERTIFICATES = Forms.post(Forms.SSL, Forms.certificates("a", "b", 7));

  private final List<RawConnection> connections = new ArrayList<>();
  private Process process;
  private int httpPort;
  private int httpsPort;

  @BeforeEach
  void start() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProgram.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String[] ports = out.readLine().split(" ", 2);
    httpPort = Integer.parseInt(ports[0]);
    httpsPort = Integer.parseInt(ports[1]);
    assertThatItServes();
  }

  @AfterEach
  void end() throws IOException {
    process.destroyForcibly();
    for (RawConnection connection : connections) {
      connection.close();
    }
  }

  private RawConnection open() throws IOException {
    RawConnection connection = RawConnection.plain(httpPort);
    connections.add(connection);
    return connection;
  }

  /** Sends as far as the server takes it. */
  private void attack(int times, String request) throws IOException {
    for (int i = 0; i < times; i++) {
      try {
        open().send(request);
      } catch (IOException cut) {
        // As it should be.
      }
    }
  }

  /** A handshake may take too long while the processor is busy with the attack: it is repeated. */
  private void assertThatItServes() throws IOException {
    Optional<IOException> failure = Optional.empty();
    for (int attempt = 0; attempt < 6; attempt++) {
      try (RawConnection other = RawConnection.tls(httpsPort, "TLSv1.3")) {
        assertThat(other.send(CERTIFICATES).read().body()).startsWith("2\n");
        return;
      } catch (IOException e) {
        assertThat(process.isAlive()).as("the server lives").isTrue();
        failure = Optional.of(e);
      }
    }
    throw failure.orElseThrow();
  }

  private void assertThatItServesAndStops() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThatItServes();
    }
    assertThat(process.isAlive()).isTrue();
    process.toHandle().destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it stops").isTrue();
    assertThat(process.exitValue()).as("SIGTERM, and no OutOfMemoryError").isEqualTo(143);
  }

  @Test
  void headersOfManyFieldsAndBodiesThatDoNotEnd() throws Exception {
    String head = Forms.head("POST", Forms.SSL, "Content-Length: 16000");
    attack(300, head + "a:\r\n".repeat(3_900) + "\r\nx");
    attack(300, head + "a:\r\n".repeat(90) + "\r\n" + "x".repeat(15_000));
    attack(300, head + "X: " + "y".repeat(15_000) + "\r\n\r\n" + "x".repeat(15_000));
    assertThatItServesAndStops();
  }

  @Test
  void headersThatDoNotEnd() throws Exception {
    String line = "X: " + "y".repeat(150) + "\r\n";
    attack(1_000, Forms.head("POST", Forms.SSL) + line.repeat(90));
    assertThatItServesAndStops();
  }

  @Test
  void requestsBehindOneThatIsNotYetAnswered() throws Exception {
    String needsAHash = Forms.post(Forms.SSL, Forms.status("nobody", "wrong", 7));
    String small = "POST " + Forms.SSL + " HTTP/1.1\r\nHost:x\r\n\r\n";
    String chunks = Forms.head("POST", Forms.SSL, "Transfer-Encoding: chunked") + "\r\n";
    for (int i = 0; i < 10; i++) {
      RawConnection requests = RawConnection.tls(httpsPort, "TLSv1.3");
      connections.add(requests);
      requests.send(needsAHash + small.repeat(2_000));
      RawConnection body = RawConnection.tls(httpsPort, "TLSv1.3");
      connections.add(body);
      body.send(needsAHash + chunks + "1\r\nx\r\n".repeat(5_000));
    }
    assertThatItServesAndStops();
  }

  @Test
  void answersThatAreNotTaken() throws Exception {
    for (int i = 0; i < 30; i++) {
      RawConnection connection = RawConnection.tls(httpsPort, "TLSv1.3");
      connections.add(connection);
      Thread sender =
          new Thread(
              () -> {
                try {
                  connection.send(CERTIFICATES.repeat(500));
                } catch (IOException cut) {
                  // As it should be.
                }
              });
      sender.setDaemon(true);
      sender.start();
    }
    assertThatItServesAndStops();
  }
}
