package org.certcollect.server.push;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.certcollect.server.config.PushConfig;
import org.certcollect.server.mail.MailFixture;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.QuickHash;
import org.certcollect.server.testing.TestLog;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.PushSettings;
import org.certcollect.store.domain.PushUrl;
import org.certcollect.store.jdbc.sqlite.SqliteStore;

/** A store whose accounts are told of changes, and the settings for receivers of the test's. */
final class PushFixture implements AutoCloseable {
  static {
    TestLog.keepQuiet();
  }

  static final Actor TESTER = new Actor("test");
  static final PushDelivery.Times QUICK =
      new PushDelivery.Times(
          Duration.ofMillis(20),
          Duration.ofMillis(5),
          Duration.ofMillis(40),
          Duration.ofMillis(10),
          Duration.ofMillis(40),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3));

  final CollectionCodes codes = new CollectionCodes(new byte[32]);
  final Store store;
  final Store notifying;

  PushFixture(Path file) {
    this(file, Clock.systemUTC());
  }

  PushFixture(Path file, Clock clock) {
    store = SqliteStore.open(file, clock);
    notifying = store.mailing(Set.of(), () -> {});
  }

  static PushConfig config() {
    return config(Optional.empty(), Duration.ofSeconds(5), Duration.ofDays(1));
  }

  static PushConfig config(Optional<Path> trusted, Duration timeout, Duration retryFor) {
    return config(trusted, timeout, 4, retryFor);
  }

  static PushConfig config(
      Optional<Path> trusted, Duration timeout, int connections, Duration retryFor) {
    return new PushConfig(List.of("127.0.0.0/8", "::1"), trusted, timeout, connections, retryFor);
  }

  /** The id of an account, which is added if it is not there. */
  long account(String login) {
    return store
        .accounts()
        .find(login)
        .orElseGet(
            () ->
                store
                    .accounts()
                    .add(login, QuickHash.of("secret"), Set.of(Product.SSL, Product.CCC), TESTER))
        .id();
  }

  void receiver(String login, String url, boolean withCertificate) {
    set(
        login,
        new PushSettings(new PushUrl(url), Optional.empty(), Optional.empty(), withCertificate));
  }

  void receiver(String login, String url, String user, String password) {
    PushUrl own = new PushUrl(url);
    byte[] sealed = codes.sealPassword(password, account(login), own);
    set(login, new PushSettings(own, Optional.of(user), Optional.of(sealed), false));
  }

  private void set(String login, PushSettings settings) {
    store.pushes().set(account(login), Optional.of(settings), TESTER);
  }

  void order(String login, Product product, long number) {
    notifying
        .orders()
        .add(
            new NewOrder(
                login,
                product,
                OptionalLong.of(number),
                true,
                Optional.empty(),
                Optional.of(codes.hash("code of " + number)).filter(code -> product == Product.CCC),
                MailContact.NONE,
                Optional.empty()),
            TESTER);
  }

  void issue(long number, String chain) {
    notifying.orders().issue(number, MailFixture.chain(store, chain), TESTER);
  }

  /** Adds an order and rejects it, so that its account is told one thing. */
  void rejected(String login, long number) {
    order(login, Product.SSL, number);
    notifying.orders().reject(number, Optional.empty(), TESTER);
  }

  PushDelivery deliver(PushConfig config) {
    return new PushDelivery(config, store, () -> codes, "node", Clock.systemUTC(), QUICK);
  }

  PushDelivery deliver(PushConfig config, Clock clock) {
    return new PushDelivery(config, store, () -> codes, "node", clock, QUICK);
  }

  static PushClient client(PushConfig config) {
    return new PushClient(config);
  }

  /** Delivers all that waits. */
  void deliverAll(PushConfig config) {
    PushDelivery delivery = deliver(config);
    try {
      awaitEmpty();
    } finally {
      delivery.close();
    }
  }

  void awaitEmpty() {
    Await.until("all are sent", () -> store.pushes().counts().waiting() == 0);
  }

  @Override
  public void close() {
    store.close();
  }
}
