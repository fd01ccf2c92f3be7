package org.certcollect.store.jdbc.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.certcollect.store.Order;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.RefusedException.Reason;
import org.certcollect.store.jdbc.Text;

/** The refusals of the store, with their messages. */
final class Refusals {
  private Refusals() {}

  static RefusedException badLogin(String login) {
    return RefusedException.ofAccount(
        Reason.BAD_LOGIN,
        login,
        "a login has 1 to 64 characters and no control characters: " + Text.quoted(login));
  }

  static RefusedException accountExists(String login) {
    return RefusedException.ofAccount(
        Reason.ACCOUNT_EXISTS, login, "there is an account " + Text.quoted(login) + " already");
  }

  static RefusedException unknownAccount(String login) {
    return RefusedException.ofAccount(
        Reason.UNKNOWN_ACCOUNT, login, "there is no account " + Text.quoted(login));
  }

  static RefusedException accountEnabled(String login) {
    return RefusedException.ofAccount(
        Reason.ACCOUNT_ENABLED,
        login,
        "account %s is enabled, and only a disabled one can be anonymised"
            .formatted(Text.quoted(login)));
  }

  static RefusedException badOrderNumber(long number) {
    return RefusedException.ofOrder(
        Reason.BAD_ORDER_NUMBER,
        number,
        "an order number is between 1 and " + Long.MAX_VALUE + ", not " + number);
  }

  static RefusedException orderExists(long number) {
    return RefusedException.ofOrder(
        Reason.ORDER_EXISTS, number, "there is an order " + number + " already");
  }

  static RefusedException codeTaken() {
    return new RefusedException(
        Reason.CODE_EXISTS, "another order already has that collection code");
  }

  static RefusedException unknownOrder(long number) {
    return RefusedException.ofOrder(Reason.UNKNOWN_ORDER, number, "there is no order " + number);
  }

  static RefusedException codeOnServerOrder() {
    return new RefusedException(
        Reason.WRONG_PRODUCT, "only an order for a client certificate (ccc) has a collection code");
  }

  static RefusedException wrongKey(long number) {
    return RefusedException.ofOrder(
        Reason.WRONG_KEY,
        number,
        String.format(
            Locale.ROOT,
            "order %d: the certificate's public key is not that of the order's signing request",
            number));
  }

  static RefusedException unknownCredential(String name) {
    return new RefusedException(
        Reason.UNKNOWN_CREDENTIAL, "there is no credential " + Text.quoted(name));
  }

  static RefusedException credentialExists(String name) {
    return new RefusedException(
        Reason.CREDENTIAL_EXISTS,
        "a credential has or had the name %s, or the token or certificate is known by another name"
            .formatted(Text.quoted(name)));
  }

  static RefusedException badCredentialName(String name) {
    return new RefusedException(
        Reason.BAD_CREDENTIAL_NAME,
        "a name has 1 to 64 letters, digits, dots, hyphens and underscores: " + Text.quoted(name));
  }

  /** A reissue that cannot begin, or that cannot be given up. */
  static RefusedException reissue(Order order, boolean begin) {
    long number = order.number();
    String state = " " + predicate(order.state());
    String problem =
        begin
            ? order
                .reissueSince()
                .map(since -> " has a reissue under way already, since " + since)
                .orElse(state + ": only an order that is issued can be reissued")
            : state + ", and no reissue is under way";
    return RefusedException.ofState(number, order.state(), "order " + number + problem);
  }

  static RefusedException request(Order order) {
    return RefusedException.ofState(
        order.number(),
        order.state(),
        "order "
            + order.number()
            + " "
            + predicate(order.state())
            + ", so it gets no other certificate and needs no request");
  }

  static RefusedException unknownCa(String fingerprint) {
    return new RefusedException(
        Reason.UNKNOWN_CA_CERTIFICATE,
        "there is no CA certificate with the SHA-256 " + Text.quoted(fingerprint));
  }

  static RefusedException caInUse(String fingerprint) {
    return new RefusedException(
        Reason.CA_CERTIFICATE_IN_USE,
        "certificates of orders have the CA certificate " + fingerprint + " in their chains");
  }

  static RefusedException hold(Order order) {
    return RefusedException.ofState(
        order.number(),
        order.state(),
        "order "
            + order.number()
            + " "
            + predicate(order.state())
            + ", so nothing is left to be withheld");
  }

  static RefusedException forbidden(Order order, OrderState wanted) {
    long number = order.number();
    OrderState state = order.state();
    if (state == wanted) {
      return RefusedException.ofState(
          number,
          state,
          "order "
              + number
              + " "
              + predicate(state)
              + " already; its last change was at "
              + order.changed());
    }
    String allowed =
        Arrays.stream(OrderState.values())
            .filter(from -> from.next().contains(wanted))
            .map(Refusals::predicate)
            .collect(Collectors.joining(" or "));
    return RefusedException.ofState(
        number,
        state,
        String.format(
            Locale.ROOT,
            "order %d %s: it cannot be %s; only an order that %s can be",
            number,
            predicate(state),
            participle(wanted),
            allowed));
  }

  private static String predicate(OrderState state) {
    return switch (state) {
      case AWAITING_PAYMENT -> "awaits payment";
      case PROCESSING -> "is being processed";
      case ISSUED -> "is issued";
      case REVOKED -> "is revoked";
      case REJECTED -> "is rejected";
    };
  }

  private static String participle(OrderState wanted) {
    return switch (wanted) {
      case AWAITING_PAYMENT -> "asked to be paid";
      case PROCESSING -> "paid";
      case ISSUED -> "issued";
      case REVOKED -> "revoked";
      case REJECTED -> "rejected";
    };
  }
}
