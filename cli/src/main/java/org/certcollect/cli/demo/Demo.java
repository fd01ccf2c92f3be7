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
import org.certcollect.cli.demo.mailbox.Mailbox;
import org.certcollect.cli.demo.mailbox.MailboxRoutes;
import org.certcollect.cli.demo.mailbox.SmtpSink;
import org.certcollect.cli.output.Output;
import org.certcollect.cli.serve.Addresses;
import org.certcollect.cli.serve.OwnCertificate;
import org.certcollect.cli.serve.StopSignals;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import org.certcollect.server.CollectServer;
import org.certcollect.server.StartException;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.http.Route;
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
      names = "--management-port",
      paramLabel = "PORT",
      defaultValue = "8025",
      description = {
        "Port for the mailbox and the page for operators, reached only from this machine; 0 picks a"
            + " free one, off for none (default: 8025)."
      })
  private String managementPort = "";

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
    Mailbox mailbox = new Mailbox(shell.clock());
    try (TemporaryFolder temporary = TemporaryFolder.create();
        SmtpSink sink = SmtpSink.open(mailbox)) {
      DataFolder folder = new DataFolder(temporary.path());
      DemoSettings.write(folder, sink, Addresses.https(host, httpsPort));
      try (Store store = folder.openOrCreate(shell.clock())) {
        run(folder, store, sink, mailbox, signals);
      }
    }
    return ExitCode.DONE;
  }

  /** The settings of the demo's own file and its options, so that it is the same everywhere. */
  private Configuration configuration(DataFolder folder) {
    return new ConfigurationReader(Map.of(), folder.path(), Optional.empty())
        .readToServe(
            List.of(
                Entry.flag("--host", "listen.host", host),
                Entry.flag("--https-port", "https.port", httpsPort),
                Entry.flag("--http-port", "http.port", httpPort),
                Entry.flag("--management-port", "management.port", managementPort),
                Entry.flag("--dialect", "collect.dialect", dialect)));
  }

  private void run(
      DataFolder folder, Store store, SmtpSink sink, Mailbox mailbox, StopSignals signals) {
    Configuration configuration = configuration(folder);
    CollectionCodes codes =
        new CollectionCodeKey(configuration.codesKey(), folder, store).use(shell.actor());
    CompletableFuture<DemoStore> orders =
        CompletableFuture.supplyAsync(
            () -> DemoStore.filled(store, codes, DemoPki.make(shell.clock())));
    TlsConfig tls = new OwnCertificate(folder, shell.clock()).use(configuration.tlsProfile());
    try (CollectServer server =
        start(configuration.server(tls), store, codes, MailboxRoutes.of(mailbox))) {
      Addresses addresses = Addresses.of(server, configuration.listen().host());
      if (!addresses.https().equals(Addresses.https(host, httpsPort))) {
        // The port is a free one, which is in the links of mails.
        DemoSettings.write(folder, sink, addresses.https());
        server.reloadMail(configuration(folder).server(tls));
      }
      orders.join().addMailed(server.mailing());
      print(
          new DemoPlaces(
              addresses, server.managementPort(), folder.path(), shell.surroundings().program()),
          later(configuration, store));
      signals.await();
    } finally {
      // The store must not be closed while orders are being added.
      orders.handle((done, failed) -> "ended").join();
    }
  }

  private static CollectServer start(
      ServerConfig config, Store store, CollectionCodes codes, List<Route> mailbox) {
    try {
      return CollectServer.start(config, store, codes, mailbox);
    } catch (StartException e) {
      // Only here is the setting an option.
      throw new StartException(
          String.valueOf(e.getMessage()).replace("with management.port", "with --management-port"),
          e);
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

  private void print(DemoPlaces places, OptionalLong reissued) {
    Output output = shell.output();
    DemoTour tour = new DemoTour(places, reissued);
    if (json) {
      tour.steps().forEach(step -> output.record(step.fields(), true));
    } else if (all) {
      tour.lines().forEach(output::line);
    } else {
      DemoScreen.lines(places).forEach(output::line);
    }
    output.note(READY);
  }
}
