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
 * @param from the state before the change; empty if there was none
 * @param to the state after the change; empty if there is none
 * @param detail anything else that helps a reader, for example a reason or a certificate's SHA-256;
 *     never a secret
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
