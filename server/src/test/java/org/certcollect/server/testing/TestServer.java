package org.certcollect.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.admin.audit.AuditFolder;
import org.certcollect.admin.audit.AuditLog;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.server.CollectServer;
import org.certcollect.server.audit.RequestAudit;
import org.certcollect.server.collect.RequestRecorder;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.config.PageConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.PushConfig;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.jdbc.postgres.PostgresStore;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.certcollect.store.x509.ChainBuilder;
import org.certcollect.store.x509.ParsedCertificate;

/** A real server on a real store, by default in its temporary folder, on free ports. */
public final class TestServer implements AutoCloseable {
  /** Push notifications to receivers of the test's. */
  private static final PushConfig PUSH =
      new PushConfig(
          List.of("127.0.0.1"), Optional.empty(), Duration.ofSeconds(5), 2, Duration.ofDays(1));

  /** The actor that changes the store in tests. */
  public static final Actor TESTER = new Actor("test");

  static {
    TestLog.keepQuiet();
  }

  private static final PasswordHasher HASHER = new PasswordHasher();
  private static final Map<String, PasswordHash> HASHES = new ConcurrentHashMap<>();

  private final Path folder;
  private final Store store;
  private final CollectionCodes codes = new CollectionCodes(new byte[32]);
  private final ServerConfig config;
  private final CollectServer server;
  private final Optional<RequestAudit> audit;

  private TestServer(
      Path folder,
      ServerConfig config,
      Function<Path, Store> opener,
      Optional<RequestAudit> audit,
      Clock clock) {
    this.folder = folder;
    this.config = config;
    this.audit = audit;
    store = opener.apply(database());
    server =
        CollectServer.start(
            config,
            audit.map(recorder -> store.audited(recorder::changes)).orElse(store),
            () -> codes,
            audit.<RequestRecorder>map(a -> a).orElse(RequestRecorder.NONE),
            clock);
  }

  /** A server with the default settings. */
  public static TestServer start() {
    return start(Settings.DEFAULT);
  }

  public static TestServer start(Settings settings) {
    return start(settings, file -> SqliteStore.open(file, Clock.systemUTC()));
  }

  /** A server that records its requests in a folder of the test's. */
  public static TestServer audited(Settings settings, Path data, AuditConfig config) {
    return audited(settings, data, config, Optional.empty());
  }

  /** Such a server that sends e-mails. */
  public static TestServer audited(
      Settings settings, Path data, AuditConfig config, Optional<MailConfig> mail) {
    AuditLog log = AuditFolder.in(new DataFolder(data)).openForServer(config, Clock.systemUTC());
    return start(
        settings,
        file -> SqliteStore.open(file, Clock.systemUTC()),
        Optional.of(new RequestAudit(log, config)),
        mail);
  }

  /** A node on a PostgreSQL database, which others may be on as well. */
  public static TestServer on(PostgresConfig database) {
    return on(database, Settings.DEFAULT);
  }

  public static TestServer on(PostgresConfig database, Settings settings) {
    return start(settings, unused -> PostgresStore.open(database, Clock.systemUTC()));
  }

  /** A node on an SQLite file, which others may be on as well. */
  public static TestServer on(Path file, Settings settings) {
    return start(settings, unused -> SqliteStore.open(file, Clock.systemUTC()));
  }

  /** A server on a store that the opener makes of a file. */
  public static TestServer start(Settings settings, Function<Path, Store> opener) {
    return start(settings, opener, Optional.empty(), Optional.empty());
  }

  private static TestServer start(
      Settings settings,
      Function<Path, Store> opener,
      Optional<RequestAudit> audit,
      Optional<MailConfig> mail) {
    try {
      Path folder = Files.createTempDirectory("certcollect-test");
      TlsConfig tls = TlsFiles.in(folder, settings.profile());
      return new TestServer(
          folder,
          new ServerConfig(
              new ListenConfig("127.0.0.1", 0, OptionalInt.of(0)),
              tls,
              settings.limits(),
              settings.auth(),
              settings.proxy(),
              settings.protocol(),
              settings.page(),
              settings.management(),
              mail,
              PUSH),
          opener,
          audit,
          settings.clock());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The settings that a test may change. */
  public record Settings(
      LimitsConfig limits,
      AuthConfig auth,
      ProxyConfig proxy,
      ProtocolConfig protocol,
      TlsConfig.Profile profile,
      PageConfig page,
      ManagementConfig management,
      Clock clock) {

    public static final Settings DEFAULT =
        new Settings(
            LimitsConfig.DEFAULT,
            AuthConfig.DEFAULT,
            ProxyConfig.DEFAULT,
            ProtocolConfig.DEFAULT,
            TlsConfig.Profile.INTERMEDIATE,
            PageConfig.DEFAULT,
            ManagementConfig.OFF,
            Clock.systemUTC());

    public Settings with(LimitsConfig other) {
      return new Settings(other, auth, proxy, protocol, profile, page, management, clock);
    }

    public Settings with(AuthConfig other) {
      return new Settings(limits, other, proxy, protocol, profile, page, management, clock);
    }

    public Settings with(ProxyConfig other) {
      return new Settings(limits, auth, other, protocol, profile, page, management, clock);
    }

    public Settings with(ProtocolConfig other) {
      return new Settings(limits, auth, proxy, other, profile, page, management, clock);
    }

    public Settings with(ManagementConfig other) {
      return new Settings(limits, auth, proxy, protocol, profile, page, other, clock);
    }

    public Settings with(PageConfig other) {
      return new Settings(limits, auth, proxy, protocol, profile, other, management, clock);
    }

    public Settings with(Clock other) {
      return new Settings(limits, auth, proxy, protocol, profile, page, management, other);
    }

    public Settings with(TlsConfig.Profile other) {
      return new Settings(limits, auth, proxy, protocol, other, page, management, clock);
    }
  }

  public Store store() {
    return store;
  }

  public int httpsPort() {
    return server.httpsPort();
  }

  public int httpPort() {
    return server.httpPort().orElseThrow();
  }

  public int managementPort() {
    return server.managementPort().orElseThrow();
  }

  public void drain(boolean on) {
    server.drain(on, TESTER);
  }

  /** The folder of its TLS files and its store. */
  public Path folder() {
    return folder;
  }

  public void reloadTls() {
    server.reload(config);
  }

  /** Takes over changed settings, as at SIGHUP. */
  public void reload(LimitsConfig limits, AuthConfig auth, ProxyConfig proxy) {
    server.reload(
        new ServerConfig(config.listen(), config.tls(), limits, auth, proxy, config.protocol()));
  }

  public boolean isReady() {
    return server.isReady();
  }

  /** The number of connected clients. */
  public int connections() {
    return server.connections();
  }

  /** The file of the store, where it is one of SQLite. */
  public Path database() {
    return folder.resolve("store.db");
  }

  public CollectionCodes codes() {
    return codes;
  }

  /** The audit of a server that has one. */
  public RequestAudit audit() {
    return audit.orElseThrow();
  }

  /** Stops the server alone; the store stays open until {@link #close}. */
  public void stop() {
    server.close();
  }

  /** A hash of the usual cost. A password has the same one in all tests of a run. */
  public static PasswordHash hash(String password) {
    return HASHES.computeIfAbsent(password, HASHER::hash);
  }

  public CodeHash hashCode(String collectionCode) {
    return codes.hash(collectionCode);
  }

  /** Adds an account that may collect both products. */
  public void account(String login, String password) {
    account(login, hash(password));
  }

  /** Adds such an account whose password takes next to no time to check. */
  public void quickAccount(String login, String password) {
    account(login, QuickHash.of(password));
  }

  private void account(String login, PasswordHash hash) {
    store.accounts().add(login, hash, Set.of(Product.SSL, Product.CCC), TESTER);
  }

  /** Adds an order that is being processed. */
  public Order order(String login, Product product, long number) {
    return store
        .orders()
        .add(
            new NewOrder(
                login, product, OptionalLong.of(number), true, Optional.empty(), Optional.empty()),
            TESTER);
  }

  /** Issues a chain of the fixtures for an order. */
  public Order issue(long number, String chain) {
    return store
        .orders()
        .issue(
            number,
            new ChainBuilder(store.caCertificates())
                .build(
                    Fixtures.certificates(chain).stream().map(ParsedCertificate::of).toList(),
                    List.of()),
            TESTER);
  }

  @Override
  public void close() {
    server.close();
    audit.ifPresent(RequestAudit::close);
    store.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
