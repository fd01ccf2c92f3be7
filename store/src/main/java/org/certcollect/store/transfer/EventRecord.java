package org.certcollect.store.transfer;

import java.time.Instant;
import java.util.Optional;
import org.certcollect.store.domain.Actor;

/**
 * An {@link org.certcollect.store.Event} without the fields that the record around it has already.
 *
 * @param actor who made the change
 * @param action what was done, for example {@code order.issue}
 */
public record EventRecord(
    Instant at,
    Actor actor,
    String action,
    Optional<String> from,
    Optional<String> to,
    Optional<String> detail) {}
