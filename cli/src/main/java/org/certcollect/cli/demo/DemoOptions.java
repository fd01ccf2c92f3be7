package org.certcollect.cli.demo;

import java.util.List;
import org.certcollect.cli.config.Flag;
import picocli.CommandLine.Option;

/** The options of {@code demo} that name where it listens. */
final class DemoOptions {
  @Option(
      names = "--https-port",
      paramLabel = "PORT",
      defaultValue = "8443",
      description = "Port for HTTPS; 0 picks a free one (default: 8443).")
  private String httpsPort = "";

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port for plain HTTP; 0 picks a free one, off for none (default: 8080).")
  private String httpPort = "";

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: 127.0.0.1, reached only from this machine).")
  private String host = "";

  List<Flag> flags() {
    return List.of(
        new Flag("--host", "listen.host", host),
        new Flag("--https-port", "https.port", httpsPort),
        new Flag("--http-port", "http.port", httpPort));
  }
}
