package org.certcollect.server.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalInt;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementPortsTest {
  @TempDir private static Path folder;
  private static Path socket;
  private static TestServer server;

  @BeforeAll
  static void startWhereAKilledServerLeftItsSocket() throws IOException {
    socket = folder.resolve("management.sock");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket))
        .close();
    assertThat(socket).exists();
    server = TestServer.start(settings());
  }

  private static TestServer.Settings settings() {
    return TestServer.Settings.DEFAULT.with(
        new ManagementConfig("127.0.0.1", OptionalInt.of(0), false, Optional.of(socket)));
  }

  @AfterAll
  static void stop() {
    server.close();
    assertThat(folder).isEmptyDirectory();
  }

  private static int ask(String host) throws IOException {
    try (RawConnection connection = RawConnection.plain(server.managementPort())) {
      return connection
          .send("GET /livez HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host))
          .read()
          .status();
    }
  }

  private static String askSocket(String path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void bothPortsTellThatTheServerLives() throws IOException {
    assertThat(ask("127.0.0.1:" + server.managementPort())).isEqualTo(200);
    assertThat(askSocket("/livez"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("\r\n\r\nalive: yes\n");
    assertThat(askSocket("/CollectSSL")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void aForeignHostNameIsRefused() throws IOException {
    assertThat(ask("rebound.example:80")).isEqualTo(421);
    assertThat(ask("127.0.0.1.example")).isEqualTo(421);
    assertThat(ask("LOCALHOST")).isEqualTo(200);
    assertThat(ask("[::1]:1")).isEqualTo(200);
  }

  @Test
  void onlyTheOwnerMayUseTheSocket() throws IOException {
    assertThat(Files.getPosixFilePermissions(socket, LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aSecondServerLeavesTheSocketToTheFirst() throws IOException {
    try (TestServer second = TestServer.start(settings())) {
      assertThat(second.managementPort()).isNotEqualTo(server.managementPort());
    }
    assertThat(askSocket("/livez")).startsWith("HTTP/1.1 200 OK\r\n");
  }

  @Test
  void beyondLoopbackThePortNeedsTls() {
    assertThatThrownBy(
            () -> new ManagementConfig("0.0.0.0", OptionalInt.of(1), false, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ManagementConfig.isLoopback("::1")).isTrue();
    assertThat(ManagementConfig.isLoopback("localhost.example")).isFalse();
  }
}
