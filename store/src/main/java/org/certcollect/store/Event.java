package org.certcollect.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.domain.Actor;

/**
 * A record of one change, written in the same transaction as the change.
 *
 * @param id grows with time on one store
 * @param actor the name of the {@link Actor} that made it
 * @param account the login of the account that it concerns; absent for a CA certificate
 * @param order the order that it concerns
 * @param action what was done, for example {@code order.issue} or {@code account.password}
 * @param from the state before, where there was one
 * @param to the state after, where there is one
 * @param detail anything else that a reader wants: a reason, a certificate's SHA-256; never a
 *     secret
 */
public record Event(
    long id,
    Instant at,
    String actor,
    Optional<String> account,
    OptionalLong order,
    String action,
    Optional<String> from,
    Optional<String> to,
    Optional<String> detail) {}
