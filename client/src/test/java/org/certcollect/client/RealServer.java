package org.certcollect.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.server.CollectServer;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.certcollect.store.x509.ChainBuilder;
import org.certcollect.store.x509.ParsedCertificate;

/** A certcollect server on a store of its own, with a certificate of {@link TestAuthority}. */
final class RealServer implements AutoCloseable {
  static final String LOGIN = "acme";
  static final String PASSWORD = "canary-pass-5d1f";
  static final String CODE = "CANARYCODE123456";

  private static final Actor TESTER = new Actor("test");

  /** Loggers are weakly referenced. */
  private static final Logger LOG = Logger.getLogger("certcollect");

  static {
    LOG.setLevel(Level.OFF);
  }

  private final Store store;
  private final CollectionCodes codes = new CollectionCodes(new byte[32]);
  private final CollectServer server;

  RealServer(Path folder) {
    this(folder, CollectDialect.V1_06);
  }

  RealServer(Path folder, CollectDialect dialect) {
    this(folder, TestAuthority.LOCALHOST, 0, dialect);
  }

  /** A server with another certificate, or on a given port. */
  RealServer(Path folder, TestAuthority.Issued certificate, int port) {
    this(folder, certificate, port, CollectDialect.V1_06);
  }

  private RealServer(
      Path folder, TestAuthority.Issued certificate, int port, CollectDialect dialect) {
    try {
      Path chain = Files.writeString(folder.resolve("tls.crt"), certificate.pem());
      Path key = Files.writeString(folder.resolve("tls.key"), certificate.keyPem());
      store = SqliteStore.open(folder.resolve("store.db"), Clock.systemUTC());
      server =
          CollectServer.start(
              new ServerConfig(
                  new ListenConfig("127.0.0.1", port, OptionalInt.of(0)),
                  new TlsConfig(
                      List.of(new TlsConfig.PemFiles(chain, key)), TlsConfig.Profile.INTERMEDIATE),
                  LimitsConfig.DEFAULT,
                  AuthConfig.DEFAULT,
                  ProxyConfig.DEFAULT,
                  new ProtocolConfig(false, dialect, false)),
              store,
              codes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.httpsPort();
  }

  URI url() {
    return URI.create("https://localhost:" + port());
  }

  URI plainUrl() {
    return URI.create("http://localhost:" + server.httpPort().orElseThrow());
  }

  CollectClient client() {
    return CollectClient.builder(url()).trust(ServerTrust.pem(TestAuthority.ROOT_PEM)).build();
  }

  /** Adds the account, an order of each state and of each product. */
  RealServer filled() {
    store
        .accounts()
        .add(LOGIN, new PasswordHasher().hash(PASSWORD), Set.of(Product.SSL, Product.CCC), TESTER);
    order(1, Product.SSL, false);
    order(2, Product.SSL, true);
    order(3, Product.SSL, true);
    store.orders().reject(3, Optional.empty(), TESTER);
    order(4, Product.SSL, true);
    issue(4, "chain-3");
    store.orders().revoke(4, Optional.empty(), TESTER);
    order(5, Product.SSL, true);
    issue(5, "chain-4");
    order(6, Product.SSL, true);
    issue(6, "chain-1");
    order(7, Product.CCC, true);
    issue(7, "chain-2");
    return this;
  }

  void order(long number, Product product, boolean paid) {
    store
        .orders()
        .add(
            new NewOrder(
                LOGIN,
                product,
                OptionalLong.of(number),
                paid,
                Optional.empty(),
                product == Product.CCC ? Optional.of(codes.hash(CODE)) : Optional.empty()),
            TESTER);
  }

  void issue(long number, String chain) {
    store
        .orders()
        .issue(
            number,
            new ChainBuilder(store.caCertificates())
                .build(
                    Fixtures.certificates(chain).stream().map(ParsedCertificate::of).toList(),
                    List.of()),
            TESTER);
  }

  /** Begins a reissue. */
  void reissue(long number) {
    store.orders().reissue(number, Optional.empty(), TESTER);
  }

  /** The ids of an order's certificates, the newest first. */
  List<Long> certificateIds(long number) {
    return store.orders().certificates(number).stream().map(IssuedReference::id).toList();
  }

  /** Makes the store fail from now on. */
  void closeStore() {
    store.close();
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
