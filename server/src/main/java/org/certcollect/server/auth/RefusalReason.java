package org.certcollect.server.auth;

/**
 * The true reason of a refusal, for the operator alone: a client is told less, since the rest would
 * help whoever guesses.
 */
public enum RefusalReason {
  /** The request came over plain HTTP. */
  NOT_HTTPS,
  /** The method is not POST. */
  NOT_POST,
  /** An argument is missing, unknown or invalid. */
  INVALID_REQUEST,
  /** Too many wrong guesses came from the source; this one was not looked at. */
  THROTTLED,
  /** No account has the login. */
  UNKNOWN_LOGIN,
  /** The account has another password. */
  WRONG_PASSWORD,
  /** The password is right and the account is disabled. */
  DISABLED,
  /** The password is right and the account may not use the endpoint. */
  PRODUCT_NOT_ALLOWED,
  /** No order has the collection code. */
  UNKNOWN_CODE,
  /** The login is right and there is no such order. */
  UNKNOWN_ORDER(true),
  /** The login is right and the order is another account's. */
  FOREIGN_ORDER(true),
  /** The order is the caller's, and of the other endpoint's product. */
  OTHER_PRODUCT(true),
  /** The numbers that the request names do not belong to one order. */
  CONTRADICTORY_NUMBERS(true),
  /** The order is not paid yet. */
  AWAITING_PAYMENT(true),
  /** The order is rejected. */
  REJECTED(true),
  /** The order's certificate is revoked. */
  REVOKED(true),
  /**
   * The admin API has no credential, the request has none, or it is unknown or has expired. The
   * request for a page with which a browser begins, without a login, is no such refusal.
   */
  UNKNOWN_CREDENTIAL,
  /**
   * A page of another site had a browser send the request, with its user's client certificate or,
   * to the page for operators, with the login of HTTP Basic.
   */
  CROSS_SITE,
  /** The credential lacks the scope of the operation. */
  MISSING_SCOPE(true),
  /** Too many requests or passwords wait. */
  OVERLOADED,
  /** The store does not answer, or too slowly. */
  STORE_UNAVAILABLE,
  /** The audit log cannot be written, so nothing may be answered. */
  NOT_RECORDED,
  /** An error in certcollect. */
  INTERNAL_ERROR;

  private final boolean authenticated;

  RefusalReason() {
    this(false);
  }

  RefusalReason(boolean authenticated) {
    this.authenticated = authenticated;
  }

  /** Whether the caller had proved a right login or code. */
  public boolean isAuthenticated() {
    return authenticated;
  }
}
