package org.certcollect.store;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.RefusedException;

/**
 * The deletion of data that is no longer needed. It takes many short transactions with pauses
 * between them, so that a server on the same store is not held up; do not call it within {@link
 * Store#atomically}. If it is interrupted, the same call does the rest. It is recorded as an event,
 * and so to whoever audits the store, before anything is deleted.
 */
public interface Retention {
  /**
   * A rule for what is deleted.
   *
   * @param events the time before which events are deleted; empty if none are
   * @param orders the time before which an order must have ended to be deleted; empty if none are
   * @param account the login of the account to which the rule is limited: to its own events, its
   *     orders and their events; empty for all accounts
   */
  record Rule(Optional<Instant> events, Optional<Instant> orders, Optional<String> account) {}

  /**
   * Numbers of what a rule deletes.
   *
   * @param events the events that are too old; the others of a deleted order go with it, uncounted
   */
  record Counts(long events, long orders) {}

  /** Counts what a rule would delete now, which may take a minute for millions of rows. */
  Counts count(Rule rule);

  /**
   * Deletes old events other than {@code account.rehash}, and orders that ended long ago: they were
   * rejected or revoked, or their newest certificate expired. An order that is held, or whose
   * reissue is under way, has not ended. The order of the newest certificate of the store stays, so
   * that no certificate's id is used twice. With an order go its certificates, requests, events and
   * search terms.
   *
   * @param progress is told what is deleted so far, after each transaction
   * @throws RefusedException if there is no account of the rule's login
   */
  Counts prune(Rule rule, Actor by, Consumer<Counts> progress);

  /**
   * Counts the orders whose data {@link #anonymise} would remove.
   *
   * @throws RefusedException as that would
   */
  long countOrders(String login);

  /**
   * Removes what tells who an account belongs to. The login becomes a neutral one, the password an
   * unknown one. The orders lose their references, notes, reasons, signing requests, validation
   * details and last collects; the events of all these lose their details, and those of orders that
   * were moved away name the new login. Certificates stay, since they were handed out to be shown.
   *
   * @param unknown the hash of a password that nobody knows
   * @param progress is told the number of orders that are done, after each transaction
   * @return the account with its new login
   * @throws RefusedException if the account does not exist or is enabled, also if it is enabled
   *     meanwhile; it then keeps its login, but the password is the unknown one already, and orders
   *     that were done stay as they are
   */
  Account anonymise(String login, PasswordHash unknown, Actor by, LongConsumer progress);
}
