package org.certcollect.cli.serve;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import org.certcollect.admin.AdminException;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.TemporaryFolder;
import org.certcollect.admin.audit.AuditException;
import org.certcollect.admin.audit.AuditFolder;
import org.certcollect.admin.audit.AuditLog;
import org.certcollect.cli.config.Configuration;
import org.certcollect.cli.config.ConfigurationException;
import org.certcollect.cli.config.StoreConfig;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.settings.SettingFlags;
import org.certcollect.cli.verb.Advice;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Shell;
import org.certcollect.server.CollectServer;
import org.certcollect.server.StartException;
import org.certcollect.server.audit.RequestAudit;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.http.ServiceManager;
import org.certcollect.server.log.LogEvent;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description = {
      "Run the server in the foreground, and print its addresses when it is ready.",
      "docs/operations.md tells how to run it as a service.",
      "It waits for a PostgreSQL database that cannot be reached yet, and answers -14 meanwhile.",
      "",
      "SIGTERM, Ctrl-C: the server answers the requests that have begun, and ends.",
      "SIGUSR1: the server drains, as with `certcollect drain`.",
      "SIGHUP: the server reads its settings and the TLS files again, and keeps open connections."
          + " If any is invalid, nothing changes. The log names the changed settings that need a"
          + " restart. A terminal that is closed sends SIGHUP too, and the server goes on. Under"
          + " nohup, SIGHUP is ignored.",
      ""
    })
public final class Serve implements Callable<Integer> {
  private static final Logger LOG = Logger.getLogger("certcollect.serve");

  private final Shell shell;
  @Mixin private final SettingFlags flags = new SettingFlags();

  @Option(names = "--init", description = "Make an empty store if there is none.")
  private boolean init;

  @Option(names = "--json", description = "Print the addresses as one JSON object.")
  private boolean json;

  public Serve(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    LiveSettings live = new LiveSettings(() -> shell.configuration().settings(flags.flags()));
    Configuration configuration = live.configuration();
    shell.surroundings().openLog(configuration.logFormat());
    configuration.warnings().forEach(warning -> LogEvent.warning(warning).to(LOG));
    TemporaryFolder.requireForLibraries();
    StopSignals signals = StopSignals.install(true);
    try (ServedStore opened =
        new ServedStore(configuration, shell, init, () -> tellNew(configuration))) {
      AuditLog log =
          AuditFolder.in(shell.dataFolder()).openForServer(configuration.audit(), shell.clock());
      try (RequestAudit audit = new RequestAudit(log, configuration.audit())) {
        serve(live, opened, audit, signals);
      }
      opened.failure().ifPresent(Serve::rethrow);
    }
    return ExitCode.DONE;
  }

  private void tellNew(Configuration configuration) {
    String other =
        configuration.store().isPresent() ? "database in store.url" : "folder with --data";
    LogEvent.warning(
            "There was no store in %s; a new one was made, without accounts; add one with"
                    .formatted(Stores.place(configuration, shell.dataFolder()))
                + " `certcollect account add LOGIN --ssl --ccc`, or name another "
                + other)
        .to(LOG);
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private void serve(
      LiveSettings live, ServedStore opened, RequestAudit audit, StopSignals signals) {
    Configuration configuration = live.configuration();
    UnaryOperator<Store> audited = store -> store.audited(audit::changes);
    boolean waits = opened.open(audited).isPresent();
    ServerConfig config = configuration.server(tls(configuration));
    config =
        config.with(
            config.management().with(shell.dataFolder().file(DataFolder.MANAGEMENT_SOCKET)));
    try (CollectServer server =
        CollectServer.start(config, audited.apply(opened.store()), opened::codes, audit)) {
      announce(configuration, Addresses.of(server, configuration.listen().host()));
      tellServiceManager(waits ? "READY=1\nSTATUS=Waiting for the database" : "READY=1");
      if (waits) {
        opened.openLater(audited, () -> tellServiceManager("STATUS="), signals::stop);
      }
      signals.await(() -> reload(live, opened, server), () -> drain(server));
      tellServiceManager("STOPPING=1");
      // An interrupt ends only this server: the process goes on.
      if (!Thread.interrupted()) {
        StopDeadline.start(live.configuration().limits().drainDeadline());
      }
    }
  }

  private static void drain(CollectServer server) {
    try {
      server.drain(true, new Actor("signal"));
    } catch (AuditException e) {
      // The audit log tells itself why it fails.
    }
  }

  /** Reads the settings and the files that they name again. If any is invalid, nothing changes. */
  private void reload(LiveSettings live, ServedStore opened, CollectServer server) {
    try {
      live.readAgain(
          configuration -> {
            // A self-signed certificate may be due for renewal.
            ServerConfig changed = configuration.server(tls(configuration));
            Optional<PostgresConfig> database = configuration.store().map(StoreConfig::postgres);
            database.ifPresent(opened::requirePasswordOf);
            server.reload(changed);
            database.ifPresent(opened::usePasswordOf);
          });
    } catch (StartException
        | AdminException
        | ConfigurationException
        | StoreUnavailableException e) {
      LogEvent.warning("Nothing changes: the server goes on with the settings that it has")
          .with("problem", Advice.message(e))
          .to(LOG);
    }
  }

  private void tellServiceManager(String state) {
    ServiceManager.tell(shell.surroundings().environment(), state);
  }

  private TlsConfig tls(Configuration configuration) {
    return configuration
        .tls()
        .orElseGet(
            () -> {
              LogEvent.warning(
                      "The TLS certificate is self-signed, which clients do not trust; set"
                          + " tls.certificate and tls.key")
                  .to(LOG);
              return new OwnCertificate(shell.dataFolder(), shell.clock())
                  .use(configuration.tlsProfile());
            });
  }

  private void announce(Configuration configuration, Addresses addresses) {
    if (configuration.protocol().cccGet()) {
      LogEvent.warning(
              "collect.ccc-get is on: collection codes and passwords may appear in URLs, which"
                  + " browsers and proxies keep")
          .to(LOG);
    }
    if (json) {
      shell.output().record(addresses.fields(), true);
    } else {
      addresses.urls().forEach(shell.output()::line);
    }
  }
}
