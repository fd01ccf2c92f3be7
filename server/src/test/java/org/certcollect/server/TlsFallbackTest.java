package org.certcollect.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsFallbackTest {
  /** In a process of its own, in which Netty is told not to load the native library. */
  @Test
  void withoutTheNativeLibraryTheJdksTlsServesAndOneWarningSaysSo() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dio.netty.handler.ssl.noOpenSsl=true",
                "-cp",
                System.getProperty("java.class.path"),
                FallbackProgram.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> said = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();
    assertThat(said)
        .containsExactly(
            "native=false",
            "TLSv1.2=Optional[-3]",
            "TLSv1.3=Optional[-3]",
            "warnings=1",
            "suites=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
  }
}
