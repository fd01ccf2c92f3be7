package org.certcollect.server.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.config.MailConfig.Security;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.QuickHash;
import org.certcollect.server.testing.TestLog;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.certcollect.store.x509.ChainBuilder;
import org.certcollect.store.x509.ParsedCertificate;
import org.certcollect.store.x509.VerifiedChain;

/** A store that mails, with the account demo, and the settings for a server of the test's. */
public final class MailFixture implements AutoCloseable {
  static {
    TestLog.keepQuiet();
  }

  static final Duration TIMEOUT = Duration.ofSeconds(1);
  static final Actor TESTER = new Actor("test");
  static final MailDelivery.Pace QUICK = pace(Duration.ofMillis(10), Duration.ofMillis(40));

  /** The times of a quick delivery, with those between two tries of one mail. */
  static MailDelivery.Pace pace(Duration retry, Duration maxRetry) {
    return new MailDelivery.Pace(
        Duration.ofMillis(50),
        Duration.ofMillis(10),
        Duration.ofMillis(40),
        retry,
        maxRetry,
        Duration.ofDays(2),
        Duration.ofHours(1),
        Duration.ofSeconds(2));
  }

  final CollectionCodes codes = new CollectionCodes(new byte[32]);
  final Store store;
  final Store mailing;

  MailFixture(Path file) {
    this(SqliteStore.open(file, Clock.systemUTC()));
  }

  /**
   * @param store an open store, which is closed with the fixture
   */
  MailFixture(Store store) {
    this.store = store;
    mailing = store.mailing(EnumSet.allOf(MailKind.class), () -> {});
    if (store.accounts().find("demo").isEmpty()) {
      store
          .accounts()
          .add("demo", QuickHash.of("secret"), Set.of(Product.SSL, Product.CCC), TESTER);
      contact("demo@example.com", "en");
    }
  }

  void contact(String email, String language) {
    MailContact contact =
        new MailContact(Optional.of(new MailAddress(email)), Optional.of(language), false);
    mailing.accounts().setContact("demo", none -> contact, TESTER);
  }

  void contactOf(long order, String email) {
    MailContact contact =
        new MailContact(Optional.of(new MailAddress(email)), Optional.empty(), false);
    mailing.orders().setContact(order, none -> contact, TESTER);
  }

  /** Adds an order that is being processed; one for a client certificate has a code. */
  void order(long number, Product product, Optional<String> code) {
    mailing.orders().add(newOrder(number, product, code, MailContact.NONE), TESTER);
  }

  NewOrder newOrder(long number, Product product, Optional<String> code, MailContact contact) {
    return new NewOrder(
        "demo",
        product,
        OptionalLong.of(number),
        true,
        Optional.empty(),
        code.map(codes::hash),
        contact,
        code.map(codes::seal));
  }

  void issue(long number, String chain) {
    mailing.orders().issue(number, chain(store, chain), TESTER);
  }

  public static VerifiedChain chain(Store store, String fixture) {
    return new ChainBuilder(store.caCertificates())
        .build(
            Fixtures.certificates(fixture).stream().map(ParsedCertificate::of).toList(), List.of());
  }

  MailDelivery deliver(MailConfig config) {
    return deliver(config, QUICK);
  }

  MailDelivery deliver(MailConfig config, MailDelivery.Pace pace) {
    return new MailDelivery(config, store, () -> codes, "node", Clock.systemUTC(), pace);
  }

  /** Delivers all that waits. */
  void deliverAll(MailConfig config) {
    MailDelivery delivery = deliver(config);
    try {
      Await.until("all are sent", () -> store.outbox().counts().waiting() == 0);
    } finally {
      delivery.close();
    }
  }

  static MailConfig config(int port, Security security) {
    return config(port, security, Optional.empty(), Optional.empty());
  }

  static MailConfig config(
      int port, Security security, Optional<Path> password, Optional<Path> trusted) {
    return config(
        new MailConfig.Smtp(
            "localhost",
            OptionalInt.of(port),
            security,
            password.map(file -> "sender"),
            password,
            trusted,
            TIMEOUT));
  }

  /** Settings for a server of plain SMTP that wants a password. */
  public static MailConfig login(int port, Path password) {
    return config(port, Security.NONE, Optional.of(password), Optional.empty());
  }

  /** Settings for a server of plain SMTP. */
  static MailConfig on(String host, int port) {
    return config(
        new MailConfig.Smtp(
            host,
            OptionalInt.of(port),
            Security.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            TIMEOUT));
  }

  private static MailConfig config(MailConfig.Smtp smtp) {
    return new MailConfig(
        smtp,
        new MailAddress("ca@example.com"),
        Optional.of("Beispiel-CA für alle"),
        Optional.empty(),
        EnumSet.allOf(MailKind.class),
        "en",
        Optional.empty(),
        Optional.of("https://certs.example.com/collect"),
        1);
  }

  static MailConfig with(MailConfig config, Path templates) {
    return with(config, Optional.of(templates), config.connections());
  }

  static MailConfig with(MailConfig config, int connections) {
    return with(config, config.templates(), connections);
  }

  private static MailConfig with(MailConfig config, Optional<Path> templates, int connections) {
    return new MailConfig(
        config.smtp(),
        config.from(),
        config.fromName(),
        config.replyTo(),
        config.kinds(),
        config.language(),
        templates,
        config.collectUrl(),
        connections);
  }

  static MimeMessage parse(String mail) {
    try {
      return new MimeMessage(
          Session.getInstance(new Properties()),
          new ByteArrayInputStream(mail.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String header(String mail, String name) {
    try {
      return parse(mail).getHeader(name)[0];
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first part of a type, decoded. */
  static Part part(Part part, String type) throws MessagingException, IOException {
    if (part.isMimeType(type)) {
      return part;
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        Part found = part(parts.getBodyPart(i), type);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  @Override
  public void close() {
    store.close();
  }
}
