package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks the program {@code openssl} what it makes of our certificates. */
final class OpenSslJudge {
  private final Path folder;

  OpenSslJudge(Path folder) {
    this.folder = folder;
    boolean isThere =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl")));
    assumeTrue(isThere, "openssl is missing; .ci/run installs it");
  }

  /** The number of certificates that OpenSSL finds in a file. */
  int count(byte[] file) {
    String printed = run("storeutl", "-noout", "-certs", file("count.pem", file).toString());
    return Integer.parseInt(printed.strip().replaceFirst("(?s).*Total found: ", ""));
  }

  /** OpenSSL reads the certificate. */
  void reads(ParsedCertificate certificate) {
    String printed =
        run("x509", "-noout", "-serial", "-in", pem("one.pem", List.of(certificate.stored())));
    assertThat(printed).contains("serial=");
  }

  /** OpenSSL verifies the chain as it is handed out: its last certificate is the trusted root. */
  void verifies(VerifiedChain chain) {
    int last = chain.issuers().size() - 1;
    assertThat(
            run(
                "verify",
                "-CAfile",
                pem("root.pem", chain.issuers().subList(last, last + 1)),
                "-untrusted",
                pem("untrusted.pem", chain.issuers()),
                pem("leaf.pem", List.of(chain.endEntity()))))
        .contains("OK");
  }

  private String pem(String name, List<Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    certificates.forEach(certificate -> text.append(pemOf("CERTIFICATE", certificate.der())));
    return file(name, text.toString().getBytes(StandardCharsets.US_ASCII)).toString();
  }

  static String pemOf(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), label);
  }

  private Path file(String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile(folder, "output", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(output.toFile())
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
      String printed = Files.readString(output);
      assertThat(process.exitValue()).as("%s: %s", command, printed).isZero();
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
