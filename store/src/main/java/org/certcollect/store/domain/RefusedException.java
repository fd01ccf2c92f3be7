package org.certcollect.store.domain;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The exception for a change that the store refused; nothing was changed. It names the reason and
 * the account or order. The message says what is wrong in words that suit any front end, and each
 * front end adds advice for its users.
 */
public final class RefusedException extends StoreException {
  private static final long serialVersionUID = 1;

  /** The reason for a refusal. */
  public enum Reason {
    UNKNOWN_ACCOUNT,
    ACCOUNT_EXISTS,
    ACCOUNT_ENABLED,
    BAD_LOGIN,
    UNKNOWN_ORDER,
    ORDER_EXISTS,
    CODE_EXISTS,
    BAD_ORDER_NUMBER,
    FORBIDDEN_TRANSITION,
    WRONG_PRODUCT,
    WRONG_KEY,
    BAD_CERTIFICATE,
    BAD_SIGNING_REQUEST,
    UNKNOWN_CA_CERTIFICATE,
    CA_CERTIFICATE_IN_USE,
    UNKNOWN_CREDENTIAL,
    /** The outbox has no such message that can be sent. */
    UNKNOWN_MAIL,
    /** There is no such push notification that can be sent. */
    UNKNOWN_PUSH,
    CREDENTIAL_EXISTS,
    BAD_CREDENTIAL_NAME
  }

  private final Reason reason;
  private final @Nullable String login;
  private final @Nullable Long order;
  private final @Nullable OrderState state;

  public RefusedException(Reason reason, String message) {
    this(reason, null, null, null, message);
  }

  private RefusedException(
      Reason reason,
      @Nullable String login,
      @Nullable Long order,
      @Nullable OrderState state,
      String message) {
    super(message);
    this.reason = reason;
    this.login = login;
    this.order = order;
    this.state = state;
  }

  /** A refusal that is about an account. */
  public static RefusedException ofAccount(Reason reason, String login, String message) {
    return new RefusedException(reason, login, null, null, message);
  }

  /** A refusal that is about an order. */
  public static RefusedException ofOrder(Reason reason, long number, String message) {
    return new RefusedException(reason, null, number, null, message);
  }

  /** A refusal of a change that the state of an order forbids. */
  public static RefusedException ofState(long number, OrderState state, String message) {
    return new RefusedException(Reason.FORBIDDEN_TRANSITION, null, number, state, message);
  }

  public Reason reason() {
    return reason;
  }

  /** The login that the refusal is about, which may be one that no account can have. */
  public Optional<String> login() {
    return Optional.ofNullable(login);
  }

  /** The number of the order that the refusal is about, which may be one that no order can have. */
  public OptionalLong order() {
    return order == null ? OptionalLong.empty() : OptionalLong.of(order);
  }

  /** The state of the order, if that forbids the change. */
  public Optional<OrderState> state() {
    return Optional.ofNullable(state);
  }
}
