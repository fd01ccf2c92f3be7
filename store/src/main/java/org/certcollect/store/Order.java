package org.certcollect.store;

import java.time.Instant;
import java.util.Optional;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;

/**
 * An order in its current state.
 *
 * @param number 1 to 2^63-1, unique in the store
 * @param account the login of the account that it belongs to
 * @param reason why it was rejected or revoked, if a reason was given
 * @param certificate the newest certificate; present exactly when the state is issued or revoked
 * @param issued when the newest certificate was issued
 * @param processingSince since when the order is being processed; only in that state
 * @param reissueSince when the reissue that is under way was begun; only of an issued order
 * @param heldSince when its certificates were withheld from clients, while they are
 * @param contact how its people get e-mails, if not as those of the account
 * @param name the common name of the newest certificate, otherwise its first DNS name, otherwise
 *     the domain of the request
 */
public record Order(
    long number,
    String account,
    Product product,
    OrderState state,
    Optional<String> reason,
    Instant created,
    Instant changed,
    Optional<IssuedReference> certificate,
    Optional<Instant> issued,
    Optional<Instant> processingSince,
    Optional<Instant> reissueSince,
    Optional<Instant> heldSince,
    OrderRemarks remarks,
    MailContact contact,
    Optional<String> name) {}
