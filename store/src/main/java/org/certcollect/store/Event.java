package org.certcollect.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One change, as it is kept beside what it changed, written in the same transaction.
 *
 * @param id grows with time on one store
 * @param actor who made it
 * @param account the login of the account that it concerns; absent for a CA certificate
 * @param order the order that it concerns
 * @param action what was done, for example {@code order.issue} or {@code account.password}
 * @param from the state before, where there was one
 * @param to the state after, where there is one
 * @param detail what a reader wants beside it: a reason, a certificate's SHA-256; never a secret
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
