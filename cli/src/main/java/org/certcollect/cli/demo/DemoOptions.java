package org.certcollect.cli.demo;

import java.util.List;
import org.certcollect.cli.config.Flag;
import picocli.CommandLine.Option;

/** Where the demo listens. */
final class DemoOptions {
  @Option(
      names = "--https-port",
      paramLabel = "PORT",
      defaultValue = "8443",
      description = "The port for HTTPS, else 8443; 0 picks a free one.")
  private String httpsPort = "";

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "The port for plain HTTP, else 8080; 0 picks a free one, off for none.")
  private String httpPort = "";

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen on, else 127.0.0.1: only this machine reaches it.")
  private String host = "";

  List<Flag> flags() {
    return List.of(
        new Flag("--host", "listen.host", host),
        new Flag("--https-port", "https.port", httpsPort),
        new Flag("--http-port", "http.port", httpPort));
  }
}
