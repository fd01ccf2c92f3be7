package org.certcollect.cli.demo;

import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.StepProgress;
import org.certcollect.store.domain.OrderValidation.ValidatedDomain;
import org.certcollect.store.domain.OrderValidation.ValidationState;
import org.certcollect.store.domain.OrderValidation.ValidationStep;
import org.certcollect.store.domain.Product;
import org.certcollect.store.x509.ChainBuilder;
import org.certcollect.store.x509.ParsedCertificate;

final class DemoStore {
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

  private final Store store;
  private final CollectionCodes codes;
  private final Map<DemoCertificate, List<X509Certificate>> certificates;

  private DemoStore(
      Store store,
      CollectionCodes codes,
      Map<DemoCertificate, List<X509Certificate>> certificates) {
    this.store = store;
    this.codes = codes;
    this.certificates = certificates;
  }

  static void fill(
      Store store,
      CollectionCodes codes,
      Map<DemoCertificate, List<X509Certificate>> certificates) {
    DemoStore demo = new DemoStore(store, codes, certificates);
    PasswordHasher hasher = new PasswordHasher();
    for (DemoAccount account : DemoAccount.ALL) {
      store
          .accounts()
          .add(
              account.login(),
              hasher.hash(account.password()),
              EnumSet.allOf(Product.class),
              ACTOR);
    }
    DemoOrder.ALL.forEach(demo::add);
  }

  private void add(DemoOrder order) {
    store
        .orders()
        .add(
            new NewOrder(
                order.account().login(),
                order.product(),
                OptionalLong.of(order.number()),
                order.state() != OrderState.AWAITING_PAYMENT,
                Optional.empty(),
                order.code().map(codes::hash)),
            ACTOR);
    order.certificate().ifPresent(certificate -> issue(order, certificate));
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

  private void issue(DemoOrder order, DemoCertificate certificate) {
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
