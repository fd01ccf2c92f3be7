package org.certcollect.cli.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.certcollect.admin.CollectionCodeKey;
import org.certcollect.admin.DataFolder;
import org.certcollect.cli.Cli;
import org.certcollect.cli.config.Configuration;
import org.certcollect.cli.config.ConfigurationReader;
import org.certcollect.cli.config.Entry;
import org.certcollect.cli.serve.OwnCertificate;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.server.CollectServer;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;

/** A real server on a data folder that verbs have filled, with a self-signed certificate. */
final class ServedFolder implements AutoCloseable {
  static final String PASSWORD = "canary-pass-31c9";

  /** Loggers are weakly referenced. */
  private static final Logger LOG = Logger.getLogger("certcollect");

  private final Path folder;
  private final Cli cli;
  private final Store store;
  private final CollectServer server;

  ServedFolder(Path folder, String dialect) {
    this.folder = folder;
    LOG.setLevel(Level.OFF);
    cli = new Cli(folder.resolve("data"));
    cli.done(
        "account add acme --ssl --ccc --allow-short --password-file " + file("password", PASSWORD));
    DataFolder data = new DataFolder(cli.data());
    Configuration configuration =
        new ConfigurationReader(Map.of(), data.path(), Optional.empty())
            .readToServe(
                List.of(
                    Entry.flag("--https-port", "https.port", "0"),
                    Entry.flag("--http-port", "http.port", "0"),
                    Entry.flag("--set", "collect.dialect", dialect),
                    Entry.flag(
                        "--set", "collect.code-91", String.valueOf(dialect.equals("1.22")))));
    store = data.openOrCreate(Clock.systemUTC());
    server =
        CollectServer.start(
            configuration.server(
                new OwnCertificate(data, Clock.systemUTC()).use(configuration.tlsProfile())),
            store,
            new CollectionCodeKey(configuration.codesKey(), data, store).use(new Actor("test")));
  }

  /** A file in the test's folder. */
  Path file(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a paid order, and returns its collection code if it has one. */
  Cli.Run add(long number, String product) {
    return cli.done("order add --account acme --paid --product " + product + " --number " + number);
  }

  void issue(long number, String chain) {
    Path file = folder.resolve(chain + ".pem");
    try {
      Files.write(file, Fixtures.bytes(chain + ".pem"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cli.done("order issue " + number + " --certificate " + file);
  }

  Cli cli() {
    return cli;
  }

  /** The options that name the server and the reason to trust it. */
  String server() {
    return "--url https://localhost:%s --ca %s"
        .formatted(Integer.toString(server.httpsPort()), cli.data().resolve("self-signed.pem"));
  }

  int port() {
    return server.httpsPort();
  }

  /** Lets the server fail from now on. */
  void closeStore() {
    store.close();
  }

  /** All options but the order. */
  String account() {
    return server() + " --login acme --password-file " + folder.resolve("password");
  }

  @Override
  public void close() {
    server.close();
    store.close();
    // Other tests of this JVM read the log.
    LOG.setLevel(null);
  }
}
