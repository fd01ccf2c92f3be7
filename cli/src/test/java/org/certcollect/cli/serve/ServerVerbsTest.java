package org.certcollect.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.certcollect.admin.DataFolder;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVerbsTest {
  @TempDir private Path data;

  /** Broke once: the verb waited for ever. The kernel accepts the connection here, and no more. */
  @ParameterizedTest
  @ValueSource(strings = {"status", "status --json", "drain", "drain --cancel", "drain --wait=1h"})
  void aServerThatHangsIsGivenUpInTime(String verb) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(data.resolve(DataFolder.MANAGEMENT_SOCKET)));
      Run run = new Cli(data).run(verb + " --timeout=100ms");
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("does not answer within 100 ms: look at its log");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "drain"})
  void aFolderWithoutAServerIsToldAtOnce(String verb) {
    Run run = new Cli(data).run(verb + " --timeout=1h");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("no server answers on ", "or name another with --data");
  }
}
