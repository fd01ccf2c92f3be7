package org.certcollect.store;

import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.domain.Actor;

/**
 * A change that is about to be committed, as whoever audits a {@link Store} is told of it.
 *
 * @param actor the actor that makes it
 * @param account id of the account that it concerns
 * @param login the login of that account
 * @param order number of the order that it concerns
 * @param action what is done, as in {@link Event#action}
 * @param from the state before the change
 * @param to the state after the change
 * @param detail as in {@link Event#detail}
 */
public record ChangeRecord(
    Actor actor,
    OptionalLong account,
    Optional<String> login,
    OptionalLong order,
    String action,
    Optional<String> from,
    Optional<String> to,
    Optional<String> detail) {
  /** The record of an action that concerns the store as a whole. */
  public static ChangeRecord of(Actor by, String action, String detail) {
    return new ChangeRecord(
        by,
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        action,
        Optional.empty(),
        Optional.empty(),
        Optional.of(detail));
  }

  /** The record of an action on an order that changes nothing. */
  public static ChangeRecord of(Actor by, String action, Order order, String detail) {
    return new ChangeRecord(
        by,
        OptionalLong.empty(),
        Optional.of(order.account()),
        OptionalLong.of(order.number()),
        action,
        Optional.empty(),
        Optional.empty(),
        Optional.of(detail));
  }

  /** The record that this change was not made, or may not have been. */
  public ChangeRecord failed(String cause) {
    return new ChangeRecord(
        actor, account, login, order, action + ".failed", from, to, Optional.of(cause));
  }
}
