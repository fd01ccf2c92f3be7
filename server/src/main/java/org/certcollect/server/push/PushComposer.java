package org.certcollect.server.push;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.certcollect.admin.Pem;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
import org.certcollect.store.Pushes.Notification;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.PushSettings;
import org.certcollect.store.domain.PushStatus;
import org.certcollect.store.x509.VerifiedChain;

/**
 * Writes the requests of push notifications, with the vendor's arguments (docs/push.md). Safe for
 * use by many threads.
 */
record PushComposer(Store store, Supplier<CollectionCodes> codes) {
  private static final int MAX_REASON = 1_024;

  /** The reasons of RFC 5280, section 5.3.1, by their codes. Two codes have none. */
  private static final List<String> REASONS =
      List.of(
          "unspecified",
          "keyCompromise",
          "cACompromise",
          "affiliationChanged",
          "superseded",
          "cessationOfOperation",
          "certificateHold",
          "",
          "removeFromCRL",
          "privilegeWithdrawn",
          "aACompromise");

  /**
   * The request of a notification.
   *
   * @throws PushException if it is not to be sent, or its password cannot be read
   */
  PushRequest compose(long account, PushSettings settings, Notification notification) {
    Order order =
        store
            .orders()
            .find(notification.order())
            .orElseThrow(() -> PushException.forEver("the order is gone"));
    if (isOvertaken(notification, order)) {
      throw PushException.forEver("a later change of the order has been told already");
    }
    Map<String, String> arguments = status(notification, order);
    boolean whole = settings.withCertificate() && mayBeHandedOut(notification, order);
    if (whole) {
      arguments.putAll(certificates(store.outbox().chain(notification.certificate().get())));
    }
    return new PushRequest(settings.url(), authorization(account, settings), arguments, whole);
  }

  /** The request that tries out settings. It is about no order. */
  PushRequest trial(long account, PushSettings settings) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("orderNumber", "0");
    arguments.put("certificateID", "0");
    arguments.put("eventType", "Test");
    return new PushRequest(
        settings.url(), authorization(account, settings), arguments, settings.withCertificate());
  }

  /** Whether it was given up, and is tried again when the receiver knows better. */
  private boolean isOvertaken(Notification notification, Order order) {
    return switch (notification.status()) {
      case REJECTED, REVOKED -> false;
      case REPLACED -> !store.pushes().isFollowed(notification);
      case ISSUED ->
          !(order.state() == OrderState.ISSUED
                  && order.certificate().equals(notification.certificate()))
              && !store.pushes().isFollowed(notification);
    };
  }

  /** Whether the account could collect the certificate now. */
  private boolean mayBeHandedOut(Notification notification, Order order) {
    return notification.status() == PushStatus.ISSUED
        && notification.certificate().isPresent()
        && order.state() == OrderState.ISSUED
        && order.heldSince().isEmpty()
        && store
            .accounts()
            .find(order.account())
            .filter(account -> account.enabled() && account.products().contains(order.product()))
            .isPresent();
  }

  private static Map<String, String> status(Notification notification, Order order) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("orderNumber", Long.toString(order.number()));
    arguments.put(
        "certificateID",
        Long.toString(notification.certificate().map(IssuedReference::id).orElse(0L)));
    arguments.put("eventType", "Certificate");
    arguments.put("status", notification.status().name().toLowerCase(Locale.ROOT));
    Optional<String> reason = notification.detail().map(PushComposer::line);
    boolean coded = order.product() == Product.CCC;
    String described =
        switch (notification.status()) {
          case ISSUED -> coded ? "9 Issued but not yet collected" : "6 Valid";
          case REJECTED -> "7 Rejected" + reason.map(text -> ": " + text).orElse("");
          case REVOKED -> "8 Revoked";
          case REPLACED -> "14 Replaced";
        };
    int blank = described.indexOf(' ');
    arguments.put("statusCode", described.substring(0, blank));
    arguments.put("statusDesc", described.substring(blank + 1));
    if (notification.status() == PushStatus.REVOKED && reason.isPresent()) {
      int code = code(reason.get());
      arguments.put("revocationReasonCode", Integer.toString(Math.max(0, code)));
      arguments.put("revocationReasonName", code < 0 ? reason.get() : REASONS.get(code));
    }
    return arguments;
  }

  /** The code of a reason, which may be written with blanks or hyphens; -1 for another text. */
  private static int code(String reason) {
    String word = reason.replaceAll("[ _-]", "");
    for (int code = 0; code < REASONS.size(); code++) {
      if (!word.isEmpty() && REASONS.get(code).equalsIgnoreCase(word)) {
        return code;
      }
    }
    return -1;
  }

  private static String line(String text) {
    String line = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() > MAX_REASON ? line.substring(0, MAX_REASON) : line;
  }

  private static Map<String, String> certificates(VerifiedChain chain) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("certificate", Pem.certificate(chain.endEntity().der()));
    arguments.put(
        "caCertificate",
        chain.issuers().stream()
            .map(issuer -> Pem.certificate(issuer.der()))
            .collect(Collectors.joining()));
    return arguments;
  }

  private Optional<String> authorization(long account, PushSettings settings) {
    return settings.user().map(user -> "Basic " + base64(user + ":" + password(account, settings)));
  }

  private String password(long account, PushSettings settings) {
    try {
      return codes
          .get()
          .unsealPassword(
              settings
                  .sealedPassword()
                  .orElseThrow(() -> new IllegalArgumentException("there is none after an import")),
              account,
              settings.url());
    } catch (IllegalArgumentException e) {
      throw new PushException(
          PushOutcome.ERROR,
          "the password cannot be read ("
              + e.getMessage()
              + "): set it again with `certcollect push set`");
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
