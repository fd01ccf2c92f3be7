package org.certcollect.cli.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.Shell;
import org.certcollect.client.CollectClient;
import org.certcollect.client.ServerTrust;
import picocli.CommandLine.Option;

/** The options that name a server and the reason to trust it. */
final class ServerOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "URL of the server (default: https://localhost:8443).")
  private URI url = URI.create("https://localhost:8443");

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM file of the CA certificates to trust (default: those that Java trusts).")
  private Optional<Path> ca = Optional.empty();

  @Option(
      names = "--pin",
      paramLabel = "SHA256",
      description =
          "Trust the server with this certificate, as openssl x509 -fingerprint -sha256"
              + " prints it. May be repeated.")
  private List<String> pins = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Maximum time for an answer, up to 1d (default: 30s).")
  private Duration timeout = Duration.ofSeconds(30);

  CollectClient client(Shell shell) {
    if (ca.isPresent() && !pins.isEmpty()) {
      throw CommandException.usage("--ca and --pin: choose one");
    }
    CollectClient.Builder builder = valid("--url", () -> CollectClient.builder(url));
    valid("--timeout", () -> builder.timeout(timeout));
    ca.ifPresent(file -> builder.trust(valid("--ca", () -> ServerTrust.pem(text(shell, file)))));
    if (!pins.isEmpty()) {
      builder.trust(valid("--pin", () -> ServerTrust.pinned(pins.toArray(String[]::new))));
    }
    return builder.build();
  }

  private static <T> T valid(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(option + " cannot be used: " + e.getMessage());
    }
  }

  private static String text(Shell shell, Path file) {
    return new String(shell.read(file), ISO_8859_1);
  }
}
