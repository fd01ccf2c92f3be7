package org.certcollect.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"ca1,ca1", "ca1.example.com,ca1", "(none),node", "'',node", "a b,node"})
  void nodeHasTheHostsNameWithoutItsDomain(String host, String node) throws IOException {
    assertThat(HostName.asNode(Files.writeString(folder.resolve("hostname"), host + "\n")))
        .isEqualTo(node);
  }

  @Test
  void hostWithoutANameIsANodeAllTheSame() {
    assertThat(HostName.asNode(folder.resolve("missing"))).isEqualTo("node");
  }

  @Test
  void thisHostIsNamedByItsKernel() throws IOException {
    Process uname = new ProcessBuilder("uname", "-n").start();
    String name = new String(uname.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(HostName.asNode())
        .isEqualTo(HostName.asNode(Files.writeString(folder.resolve("uname"), name)));
  }
}
