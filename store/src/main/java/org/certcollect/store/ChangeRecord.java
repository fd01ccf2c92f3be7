package org.certcollect.store;

import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.domain.Actor;

/**
 * A change that is about to be committed, as whoever audits a {@link Store} is told of it.
 *
 * @param actor the actor that makes it
 * @param account id of the account that it concerns
 * @param order number of the order that it concerns
 * @param action what is done, as in {@link Event#action}
 * @param from the state before the change
 * @param to the state after the change
 * @param detail as in {@link Event#detail}
 */
public record ChangeRecord(
    Actor actor,
    OptionalLong account,
    OptionalLong order,
    String action,
    Optional<String> from,
    Optional<String> to,
    Optional<String> detail) {}
