package org.certcollect.server;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.config.PushConfig;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.mail.MailDelivery;
import org.certcollect.server.push.PushDelivery;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;

/**
 * The deliveries that a server makes by itself: e-mails and push notifications. Safe for use by
 * many threads once it has started.
 */
final class Outgoing implements AutoCloseable {
  private final Optional<MailConfig> config;
  private final PushConfig pushConfig;
  private final Store store;
  private final Supplier<CollectionCodes> codes;
  private final String node;
  private final Duration atMost;
  private volatile Optional<MailDelivery> mail = Optional.empty();
  private volatile Optional<PushDelivery> push = Optional.empty();

  Outgoing(
      ServerConfig config, Store store, Supplier<CollectionCodes> codes, Optional<String> node) {
    this.config = config.mail();
    atMost = config.limits().drainDeadline();
    pushConfig = config.push();
    this.store = store;
    this.codes = codes;
    this.node = node.orElse("server");
  }

  /** The store, whose changes cause push notifications, and the e-mails that are configured. */
  Store mailing() {
    return store.mailing(
        config.map(MailConfig::kinds).orElse(Set.of()),
        () -> {
          mail.ifPresent(MailDelivery::wake);
          push.ifPresent(PushDelivery::wake);
        });
  }

  void start() {
    try {
      mail =
          config.map(wanted -> MailDelivery.start(wanted, store, codes, node, Clock.systemUTC()));
      push = Optional.of(PushDelivery.start(pushConfig, store, codes, node, Clock.systemUTC()));
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  PushDelivery push() {
    return push.orElseThrow();
  }

  Optional<MailDelivery> mail() {
    return mail;
  }

  /**
   * Reads the files of settings.
   *
   * @throws StartException if they cannot be used
   */
  static void check(ServerConfig changed) {
    List<String> problems = changed.mail().map(MailDelivery::problems).orElse(List.of());
    if (!problems.isEmpty()) {
      throw new StartException(
          String.join("; ", problems), new IllegalArgumentException("the mail settings"));
    }
  }

  /** Takes over settings of e-mails that were checked. */
  void reload(ServerConfig changed) {
    changed.mail().ifPresent(settings -> mail.ifPresent(own -> own.reload(settings)));
    push.ifPresent(PushDelivery::wake);
  }

  @Override
  public void close() {
    CompletableFuture<Void> mails =
        CompletableFuture.runAsync(() -> mail.ifPresent(own -> own.close(atMost)));
    push.ifPresent(own -> own.close(atMost));
    mails.join();
  }
}
