package org.certcollect.cli.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.certcollect.admin.CollectionCodeKey;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.TemporaryFolder;
import org.certcollect.cli.config.Configuration;
import org.certcollect.cli.config.ConfigurationReader;
import org.certcollect.cli.config.Entry;
import org.certcollect.cli.config.LogFormat;
import org.certcollect.cli.output.Output;
import org.certcollect.cli.serve.Addresses;
import org.certcollect.cli.serve.OwnCertificate;
import org.certcollect.cli.serve.StopSignals;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import org.certcollect.server.CollectServer;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Run a server on a throw-away store with orders in every state, and print requests to try.",
      "It is not for production: its passwords are public. Ctrl-C ends it and keeps nothing."
    })
public final class Demo implements Callable<Integer> {
  static final String READY =
      "Ready. NOT FOR PRODUCTION: its passwords are public. Ctrl-C ends it.";

  private final Shell shell;

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

  @Option(
      names = "--dialect",
      paramLabel = "1.06|1.22",
      defaultValue = "1.06",
      description = "Version of the protocol, 1.06 or 1.22 (default: 1.06).")
  private String dialect = "";

  @Option(
      names = "--all",
      description = "Print every order and a request for each, not only the first screen.")
  private boolean all;

  @Option(names = "--json", description = "Print all requests as JSON, one record per line.")
  private boolean json;

  public Demo(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    shell.surroundings().openLog(LogFormat.AUTO);
    TemporaryFolder.requireForLibraries();
    StopSignals signals = StopSignals.install(false);
    try (TemporaryFolder temporary = TemporaryFolder.create()) {
      DataFolder folder = new DataFolder(temporary.path());
      // The demo ignores the configuration of this machine, so that it is the same everywhere.
      Configuration configuration =
          new ConfigurationReader(Map.of(), folder.path(), Optional.empty())
              .readToServe(
                  List.of(
                      Entry.flag("--host", "listen.host", host),
                      Entry.flag("--https-port", "https.port", httpsPort),
                      Entry.flag("--http-port", "http.port", httpPort),
                      Entry.flag("--dialect", "collect.dialect", dialect)));
      try (Store store = folder.openOrCreate(shell.clock())) {
        run(configuration, folder, store, signals);
      }
    }
    return ExitCode.DONE;
  }

  private void run(
      Configuration configuration, DataFolder folder, Store store, StopSignals signals) {
    CollectionCodes codes =
        new CollectionCodeKey(configuration.codesKey(), folder, store).use(shell.actor());
    CompletableFuture<Void> orders =
        CompletableFuture.runAsync(() -> DemoStore.fill(store, codes, DemoPki.make(shell.clock())));
    try (CollectServer server =
        CollectServer.start(
            configuration.server(
                new OwnCertificate(folder, shell.clock()).use(configuration.tlsProfile())),
            store,
            codes)) {
      orders.join();
      Addresses addresses = Addresses.of(server, configuration.listen().host());
      print(addresses, new DemoTour(addresses, later(configuration, store)));
      signals.await();
    } finally {
      // The store must not be closed while orders are being added.
      orders.handle((done, failed) -> "ended").join();
    }
  }

  /** The id of the certificate that is being reissued, for requests of the later dialect only. */
  private static OptionalLong later(Configuration configuration, Store store) {
    return configuration.protocol().dialect() == CollectDialect.V1_06
        ? OptionalLong.empty()
        : store.orders().certificates(DemoOrder.REISSUED.number()).stream()
            .mapToLong(IssuedReference::id)
            .findFirst();
  }

  private void print(Addresses addresses, DemoTour tour) {
    Output output = shell.output();
    if (json) {
      tour.steps().forEach(step -> output.record(step.fields(), true));
    } else if (all) {
      tour.lines().forEach(output::line);
    } else {
      DemoScreen.lines(addresses).forEach(output::line);
    }
    output.note(READY);
  }
}
