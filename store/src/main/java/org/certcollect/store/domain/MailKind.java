package org.certcollect.store.domain;

/** A kind of e-mail about an order. */
public enum MailKind {
  /** The order was added. */
  PLACED,
  /** A certificate was issued; it is attached. */
  ISSUED,
  /** A certificate can be collected with the code in the mail. */
  READY,
  /** The certificate expires soon. */
  EXPIRING,
  /** The certificate was revoked. */
  REVOKED;
}
