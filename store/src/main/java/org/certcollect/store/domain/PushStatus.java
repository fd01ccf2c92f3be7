package org.certcollect.store.domain;

/** A change of an order that its account is told by a push notification. */
public enum PushStatus {
  /** A certificate was issued. */
  ISSUED,
  /** A certificate was replaced by the next one. */
  REPLACED,
  /** The order was rejected. */
  REJECTED,
  /** The order was revoked, with its certificates. */
  REVOKED;
}
