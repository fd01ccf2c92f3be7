package org.certcollect.cli.demo;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.admin.CollectionCodeKey;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.StepProgress;
import org.certcollect.store.domain.OrderValidation.ValidatedDomain;
import org.certcollect.store.domain.OrderValidation.ValidationState;
import org.certcollect.store.domain.OrderValidation.ValidationStep;
import org.certcollect.store.domain.Product;
import org.certcollect.store.x509.ChainBuilder;
import org.certcollect.store.x509.ParsedCertificate;

/** The writer of the demo's accounts and orders. */
public final class DemoStore {
  private static final Actor ACTOR = new Actor("demo");

  private static final OrderValidation VALIDATION =
      new OrderValidation(
          Optional.of(ValidationState.AWAITING_VALIDATION),
          Map.of(
              ValidationStep.CSR, StepProgress.COMPLETED,
              ValidationStep.DCV, StepProgress.IN_PROGRESS,
              ValidationStep.ORGANIZATION, StepProgress.COMPLETED,
              ValidationStep.CAA, StepProgress.NOT_COMPLETED),
          List.of(
              new ValidatedDomain("www.example.net", StepProgress.COMPLETED),
              new ValidatedDomain("shop.example.net", StepProgress.NOT_COMPLETED)),
          Optional.empty());

  private final CollectionCodes codes;
  private final Map<DemoCertificate, List<X509Certificate>> certificates;

  private DemoStore(
      CollectionCodes codes, Map<DemoCertificate, List<X509Certificate>> certificates) {
    this.codes = codes;
    this.certificates = certificates;
  }

  /**
   * An issued order and who may collect it.
   *
   * @param form the login, password and number, as a request has them
   */
  public record CollectableOrder(long number, String login, String form) {}

  /** Makes a store in an empty folder, with all but the orders whose e-mails are sent. */
  public static CollectableOrder fill(DataFolder folder, Clock clock) {
    try (Store store = folder.openOrCreate(clock)) {
      CollectionCodes codes =
          new CollectionCodeKey(Optional.empty(), folder, store).use(new Actor("demo"));
      DemoStore unused = filled(store, codes, DemoPki.make(clock));
    }
    DemoOrder order = DemoOrder.OF_OTHER;
    DemoAccount account = order.account();
    return new CollectableOrder(
        order.number(), account.login(), account.arguments() + "&orderNumber=" + order.number());
  }

  /** Fills a store with all but the orders whose e-mails are sent. */
  static DemoStore filled(
      Store store,
      CollectionCodes codes,
      Map<DemoCertificate, List<X509Certificate>> certificates) {
    DemoStore demo = new DemoStore(codes, certificates);
    PasswordHasher hasher = new PasswordHasher();
    for (DemoAccount account : DemoAccount.ALL) {
      store
          .accounts()
          .add(
              account.login(),
              hasher.hash(account.password()),
              EnumSet.allOf(Product.class),
              ACTOR);
      MailContact contact = contact(account.login());
      store.accounts().setContact(account.login(), none -> contact, ACTOR);
    }
    DemoOrder.ALL.stream()
        .filter(order -> !DemoOrder.MAILED.contains(order))
        .forEach(order -> demo.add(store, order, MailContact.NONE));
    return demo;
  }

  /** Adds the other orders through a store that sends their e-mails. */
  void addMailed(Store mailing) {
    for (DemoOrder order : DemoOrder.MAILED) {
      add(mailing, order, order.code().isPresent() ? contact("bob") : MailContact.NONE);
    }
  }

  private static MailContact contact(String name) {
    return new MailContact(
        Optional.of(new MailAddress(name + "@example.com")), Optional.empty(), false);
  }

  private void add(Store store, DemoOrder order, MailContact contact) {
    store
        .orders()
        .add(
            new NewOrder(
                order.account().login(),
                order.product(),
                OptionalLong.of(order.number()),
                order.state() != OrderState.AWAITING_PAYMENT,
                Optional.empty(),
                order.code().map(codes::hash),
                contact,
                order.code().map(codes::seal)),
            ACTOR);
    order.certificate().ifPresent(certificate -> issue(store, order, certificate));
    if (order.isReissued()) {
      store.orders().reissue(order.number(), Optional.empty(), ACTOR);
    } else if (order.equals(DemoOrder.MULTI_DOMAIN)) {
      store.orders().setValidation(order.number(), unset -> VALIDATION, ACTOR);
    } else if (order.state() == OrderState.REJECTED) {
      store.orders().reject(order.number(), Optional.of("not the domain's owner"), ACTOR);
    } else if (order.state() == OrderState.REVOKED) {
      store.orders().revoke(order.number(), Optional.of("key compromise"), ACTOR);
    }
  }

  private void issue(Store store, DemoOrder order, DemoCertificate certificate) {
    List<X509Certificate> chain = certificates.getOrDefault(certificate, List.of());
    ChainBuilder builder = new ChainBuilder(store.caCertificates());
    store
        .orders()
        .issue(
            order.number(),
            builder.build(chain.stream().map(ParsedCertificate::of).toList(), List.of()),
            ACTOR);
  }
}
