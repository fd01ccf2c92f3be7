package org.certcollect.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TlsFallbackTest {
  /** In a process of its own, in which Netty is told not to load the native library. */
  @Test
  void withoutTheNativeLibraryTheJdksTlsServesAndOneWarningSaysSo() throws Exception {
    List<String> said =
        run(
            FallbackProgram.class,
            System.getProperty("java.class.path"),
            "-Dio.netty.handler.ssl.noOpenSsl=true");
    assertThat(said)
        .containsExactly(
            "native=false",
            "TLSv1.2=Optional[-3]",
            "TLSv1.3=Optional[-3]",
            "warnings=1",
            "suites=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
  }

  /** Without the jar of its provider. */
  @Test
  void withoutAwsLcBoringSslSignsWithAnRsaKey() throws Exception {
    String without =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("AmazonCorretto"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(run(FallbackProgram.Rsa.class, without))
        .containsExactly("TLSv1.2=RSA", "TLSv1.3=RSA", "told=1", "measured=0");
  }

  private static List<String> run(Class<?> program, String path, String... options)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", path, program.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> said = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();
    return said;
  }
}
