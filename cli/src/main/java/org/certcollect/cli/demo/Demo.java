package org.certcollect.cli.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.certcollect.admin.CollectionCodeKey;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.TemporaryFolder;
import org.certcollect.cli.config.Configuration;
import org.certcollect.cli.config.ConfigurationReader;
import org.certcollect.cli.config.LogFormat;
import org.certcollect.cli.output.Output;
import org.certcollect.cli.serve.Addresses;
import org.certcollect.cli.serve.LogStream;
import org.certcollect.cli.serve.OwnCertificate;
import org.certcollect.cli.serve.StopSignals;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import org.certcollect.server.CollectServer;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a server on a throw-away store, and proposes requests to it. */
@Command(
    name = "demo",
    description = {
      "Runs a server on a throw-away store with orders in every state, and prints a curl line for"
          + " each.",
      "It is no production server. Ctrl-C ends it and leaves nothing behind."
    })
public final class Demo implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final DemoOptions options = new DemoOptions();

  @Option(names = "--json", description = "Print JSON, one record a line.")
  private boolean json;

  public Demo(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    LogStream.open(shell.surroundings(), LogFormat.AUTO);
    StopSignals signals = StopSignals.install();
    try (TemporaryFolder temporary = TemporaryFolder.create()) {
      DataFolder folder = new DataFolder(temporary.path());
      // The demo is the same everywhere: the configuration of this machine is not for it.
      Configuration configuration =
          new ConfigurationReader(Map.of(), folder.path(), Optional.empty())
              .readToServe(options.flags());
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
      print(Addresses.of(server, configuration.listen().host()));
      signals.await();
    } finally {
      // The store must not be closed under it.
      orders.handle((done, failed) -> "ended").join();
    }
  }

  private void print(Addresses addresses) {
    Output output = shell.output();
    List<DemoStep> steps = DemoTour.of(addresses);
    if (json) {
      steps.forEach(step -> output.record(step.fields(), true));
    } else {
      DemoHeader.lines(addresses).forEach(output::line);
      steps.forEach(step -> step.lines().forEach(output::line));
    }
    output.note("");
    output.note(
        "THIS IS NO PRODUCTION SERVER: its passwords are public and its store is thrown away.");
    output.note("Ready. Ctrl-C ends it and leaves nothing behind.");
  }
}
