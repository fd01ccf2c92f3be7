package org.certcollect.cli.demo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.certcollect.protocol.StatusCode;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;

/**
 * An order of the demo. The numbers are fixed, so that the documentation can show them.
 *
 * @param code the collection code of an order for a client certificate
 * @param state as a client sees it: while a reissue is under way, the order is being processed
 * @param certificate the newest certificate, if one was issued
 */
record DemoOrder(
    long number,
    DemoAccount account,
    OrderState state,
    Optional<String> code,
    Optional<DemoCertificate> certificate) {

  /** The issued order whose certificate the demo shows in every format. */
  static final DemoOrder ISSUED_SSL = ssl(1005, DemoCertificate.SSL_EC_3);

  /** The issued order whose collection code the demo shows. */
  static final DemoOrder ISSUED_CCC = ccc(2005, DemoCertificate.CCC_EC_3, "DEMACCC666666666");

  static final DemoOrder OF_OTHER =
      new DemoOrder(
          3001,
          DemoAccount.OTHER,
          OrderState.ISSUED,
          Optional.empty(),
          Optional.of(DemoCertificate.SSL_EC_3));

  /** The order whose certificate is being reissued. */
  static final DemoOrder REISSUED = ssl(1011, DemoCertificate.SSL_EC_3).in(OrderState.PROCESSING);

  /** The order that was revoked, which its e-mails tell. */
  static final DemoOrder REVOKED_SSL = ssl(1010, DemoCertificate.SSL_RSA_2).in(OrderState.REVOKED);

  /** The order with several names, each with a validation of its own. */
  static final DemoOrder MULTI_DOMAIN = ssl(1012, OrderState.PROCESSING);

  static final List<DemoOrder> ALL =
      List.of(
          ssl(1001, OrderState.AWAITING_PAYMENT),
          ssl(1002, OrderState.PROCESSING),
          ssl(1003, OrderState.REJECTED),
          ssl(1004, DemoCertificate.SSL_RSA_2),
          ISSUED_SSL,
          ssl(1006, DemoCertificate.SSL_MIXED_4),
          ssl(1007, DemoCertificate.SSL_ALONE),
          ssl(1008, DemoCertificate.SSL_EXPIRED),
          ssl(1009, DemoCertificate.SSL_WILDCARD),
          REVOKED_SSL,
          REISSUED,
          MULTI_DOMAIN,
          ccc(2001, OrderState.AWAITING_PAYMENT, "DEMACCC222222222"),
          ccc(2002, OrderState.PROCESSING, "DEMACCC333333333"),
          ccc(2003, OrderState.REJECTED, "DEMACCC444444444"),
          ccc(2004, DemoCertificate.CCC_RSA_2, "DEMACCC555555555"),
          ISSUED_CCC,
          ccc(2006, DemoCertificate.CCC_RSA_2, "DEMACCC777777777").in(OrderState.REVOKED),
          OF_OTHER);

  /** The orders whose e-mails are in the mailbox from the beginning. */
  static final List<DemoOrder> MAILED = List.of(ISSUED_SSL, ISSUED_CCC, REVOKED_SSL);

  private static DemoOrder ssl(long number, OrderState state) {
    return new DemoOrder(number, DemoAccount.DEMO, state, Optional.empty(), Optional.empty());
  }

  private static DemoOrder ssl(long number, DemoCertificate certificate) {
    return new DemoOrder(
        number, DemoAccount.DEMO, OrderState.ISSUED, Optional.empty(), Optional.of(certificate));
  }

  private static DemoOrder ccc(long number, OrderState state, String code) {
    return new DemoOrder(number, DemoAccount.DEMO, state, Optional.of(code), Optional.empty());
  }

  private static DemoOrder ccc(long number, DemoCertificate certificate, String code) {
    return new DemoOrder(
        number, DemoAccount.DEMO, OrderState.ISSUED, Optional.of(code), Optional.of(certificate));
  }

  private DemoOrder in(OrderState other) {
    return new DemoOrder(number, account, other, code, certificate);
  }

  boolean isReissued() {
    return state == OrderState.PROCESSING && certificate.isPresent();
  }

  Product product() {
    return code.isPresent() ? Product.CCC : Product.SSL;
  }

  String stateWords() {
    return isReissued()
        ? "reissue under way"
        : state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  StatusCode answer() {
    return switch (state) {
      case AWAITING_PAYMENT -> StatusCode.AWAITING_PAYMENT;
      case PROCESSING -> StatusCode.PROCESSING;
      case ISSUED -> StatusCode.ATTACHED;
      case REVOKED -> StatusCode.REVOKED;
      case REJECTED -> StatusCode.REJECTED;
    };
  }
}
